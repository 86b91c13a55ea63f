"""``tocsin schema``."""

from __future__ import annotations

import click

from tocsin.errors import UsageError

NAMES = ("problem", "sources", "settings", "claim", "assessment", "evidence", "reading", "pooled")


@click.command(epilog="Example: tocsin schema problem > problem.schema.json")
@click.argument("name", required=False, metavar="[NAME]")
def schema(name: str | None) -> None:
    """The JSON Schemas of everything that goes in or out; without a name, their names."""
    import json

    from tocsin import problem
    from tocsin.publish import json as outputs

    if name is None:
        for known in NAMES:
            click.echo(known)
        return
    if name not in NAMES:
        raise UsageError(f"no schema '{name}' (there are: {', '.join(NAMES)})")
    declared = {
        "problem": problem.problem_schema,
        "sources": problem.sources_schema,
        "settings": problem.settings_schema,
    }
    found = declared[name]() if name in declared else outputs.schema(name)
    click.echo(json.dumps(found, indent=2, ensure_ascii=False))
