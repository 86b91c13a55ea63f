"""The command line: reads arguments, calls the desk, shows. No decision is made here.

``--help`` loads no command's module: names and their one-line helps stand in this table, and a test holds them
equal to what the commands say of themselves.
"""

from __future__ import annotations

import difflib
import gc
import importlib
import io
import keyword
import os
import sys
from typing import NoReturn

import click

from tocsin import __version__
from tocsin.errors import FaultyInput, TocsinError, UsageError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("start", "Run the worked example and write its brief."),
    "new": ("start", "Write a new desk: a commented problem that passes check."),
    "check": ("check", "Show all faults of a desk's files, then what the priors alone answer."),
    "extract": ("stateless", "Reports in, claims out; nothing is kept."),
    "infer": ("stateless", "Inference on evidence coded by hand or by another program."),
    "pool": ("stateless", "Pool conflicting figures into one distribution."),
    "add": ("intake", "Take reports in: keep the original, read, extract, store."),
    "watch": ("watch", "Poll the declared feeds, add, assess, alert."),
    "look": ("watch", "Enter into the collection log that somebody looked."),
    "looks": ("watch", "The collection log: who looks for what, how often, when last."),
    "alerts": ("watch", "The alerts that were raised, and whether they were delivered."),
    "assess": ("answer", "The assessment as of a day."),
    "brief": ("answer", "The assessment as one self-contained page."),
    "why": ("answer", "The reasons behind a number."),
    "board": ("tables", "The indicator board as of a day."),
    "claims": ("tables", "The claims that a desk has read."),
    "figures": ("tables", "The figures side by side."),
    "sources": ("tables", "Who is who, how graded, and how often heard."),
    "queue": ("tables", "What to review next: claims nobody has judged, by how far each could move the answer."),
    "search": ("records", "Words found in claims and reports."),
    "judge": ("judge", "Judge a claim; without one, list what was judged."),
    "replay": ("season", "The assessment of every day, by the declarations then in force."),
    "changes": ("changes", "What changed between two days, and what changed it."),
    "outcome": ("season", "Record what happened."),
    "score": ("season", "Were we right?"),
    "handover": ("handover", "Write the note that one watch leaves to the next, and keep it."),
    "export": ("exchange", "Hand an answer to other programs, or the whole desk to another."),
    "import": ("exchange", "Take in a whole desk that tocsin export --to jsonl wrote."),
    "audit": ("records", "Who did what to what, when and why."),
    "forget": ("records", "Erase a report or a voice everywhere; a tombstone stays."),
    "schema": ("schema", "The JSON Schemas of everything that goes in or out."),
}


GARBAGE = (100_000, 50, 100)
"""A desk is read whole, into values without cycles: by the default the collector walks them over and over, which on
30,000 claims takes a third of the time of an answer."""


def attribute(name: str) -> str:
    """What a command is called within its module: a word of Python's own gets a line after it.

    >>> attribute("add"), attribute("import")
    ('add', 'import_')
    """
    return f"{name}_" if keyword.iskeyword(name) else name


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All command names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module that holds one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"tocsin.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, attribute(cmd_name))
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; where there is none of that name, name those that are spelt like it."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            like = difflib.get_close_matches(name.lower(), COMMANDS, cutoff=0.7)
            meant = " Did you mean '" + "' or '".join(like) + "'?" if like else ""
            ctx.fail(f"No such command '{name}'.{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: tocsin demo. Then make a desk of your own: tocsin new my-desk.",
)
@click.version_option(__version__, prog_name="tocsin")
def cli() -> None:
    """Indications and warning: from contradictory, attributed reporting to a defended answer."""


def main() -> NoReturn:
    """Run the command line; the one place where errors become messages and exit statuses.

    Exit status: 0 done; 1 the work failed in part or whole; 2 wrong usage or faulty files.
    """
    gc.set_threshold(*GARBAGE)
    try:
        status = cli.main(standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()  # what is still on its way may meet a full disk
    except click.exceptions.Exit as stop:
        status = stop.exit_code
    except click.ClickException as error:
        told = io.StringIO()
        error.show(file=told)
        click.echo(_safe(told.getvalue()), nl=False, err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("tocsin: stopped; what was finished is kept", err=True)
        status = 1
    except (FaultyInput, UsageError) as error:
        click.echo(_safe(str(error)), err=True)
        status = 2
    except TocsinError as error:
        click.echo(_safe(f"tocsin: {error}"), err=True)
        status = 1
    except BrokenPipeError:
        # The reader of our output has gone, as `| head` does: no error, and nothing more may be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except OSError as error:
        click.echo(_safe(f"tocsin: {_told(error)}"), err=True)
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing more may fail at the end
        status = 1
    except Exception as error:  # the last resort: a user is shown no traceback unless he asks for it
        if os.environ.get("TOCSIN_TRACEBACK"):
            raise
        click.echo(_safe(f"tocsin: a mistake of this program: {type(error).__name__}: {error}"), err=True)
        click.echo("(please report it, with what TOCSIN_TRACEBACK=1 prints)", err=True)
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


def _told(error: OSError) -> str:
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}"


def _safe(text: str) -> str:
    from tocsin.publish import safe

    return safe.terminal(text)
