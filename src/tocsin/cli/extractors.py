"""Which extractor reads the reports: its options, and its settings from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from tocsin.errors import UsageError

if TYPE_CHECKING:
    from tocsin.desk import Extractor
    from tocsin.model.claim import Cost

KEY = "TOCSIN_LLM_KEY"

Command = TypeVar("Command", bound=Callable[..., object])


def options(command: Command) -> Command:
    """``--extractor`` and what ``--extractor llm`` needs to know."""
    for option in (
        click.option(
            "--llm-timeout",
            type=click.FloatRange(min=0.1, max=3600),
            default=120,
            show_default=True,
            metavar="SECONDS",
            help="How long one request to the model may take.",
        ),
        click.option("--llm-model", metavar="NAME", help="The model, as the endpoint names it."),
        click.option(
            "--llm-url",
            metavar="URL",
            help=f"An OpenAI-compatible endpoint, for llm. The key, if it wants one, from {KEY}.",
        ),
        click.option(
            "--extractor",
            type=click.Choice(["rules", "llm"]),
            default="rules",
            show_default=True,
            help="rules: offline. llm: sends the text of every report to the endpoint you name.",
        ),
    ):
        command = option(command)
    return command


def extractor(name: str, *, url: str | None, model: str | None, timeout: float) -> Extractor:
    """The extractor that was asked for.

    Raises:
        UsageError: A setting is missing or wrong. The key is never part of a message.
    """
    if name == "rules":
        if url is not None or model is not None:
            raise UsageError("--llm-url and --llm-model are for --extractor llm (add it, or leave them out)")
        from tocsin import extract

        return extract.extract
    if not url or not model:
        raise UsageError("--extractor llm needs --llm-url URL and --llm-model NAME (nothing was sent)")
    if len(model) > 200 or not model.isprintable():
        raise UsageError("--llm-model: more than 200 characters or unprintable (give the endpoint's name for it)")
    from tocsin.cli.endpoint import Endpoint
    from tocsin.extract.llm import LanguageModel

    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise UsageError(f"{KEY} holds characters that no key has (is it set to the right value?)")
    endpoint = Endpoint.at(url, key=key, timeout=timeout)
    click.echo(f"tocsin: the text of every report goes to {endpoint.shown}, model {model}", err=True)
    if key and not endpoint.secure and not endpoint.is_this_machine:
        click.echo("tocsin: over http the key and the text can be read on the way; https is safe from that", err=True)
    return LanguageModel(model=model, complete=endpoint)


def spent(cost: Cost) -> str:
    """What a report cost, in words."""
    requests = "1 request" if cost.requests == 1 else f"{cost.requests} requests"
    if cost.tokens_in is None or cost.tokens_out is None:
        return f"{requests} to {cost.model}, tokens not counted"
    return f"{requests} to {cost.model}, {cost.tokens_in:,} tokens in, {cost.tokens_out:,} out"
