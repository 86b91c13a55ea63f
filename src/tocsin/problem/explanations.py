"""Rival accounts of something that happened, what was observed, and what each would mean for gates and scenarios."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from tocsin.model.problem import Account, Chance, Explanation, Gate, Observation, Scenario
from tocsin.model.yardstick import Yardstick
from tocsin.problem.days import day
from tocsin.problem.keys import ACCOUNT, OBSERVATION
from tocsin.problem.scenarios import MOST_GATES, overfull
from tocsin.problem.table import Table
from tocsin.problem.values import ident, number_from, shown, text
from tocsin.problem.words import SEEN_FIRST, chance

MOST_COMBINATIONS = 64
"""Combinations of accounts of all events that can be weighed together."""

_NOTHING = Chance(point=0.0, low=0.0, high=0.0, text="")
_SUM_WITHIN = 1e-6
_factor = number_from(0, 1e6, above=True)


def explanations(
    tables: Sequence[Table], *, scenarios: Sequence[Scenario], gates: Sequence[Gate], yardstick: Yardstick
) -> tuple[Explanation, ...]:
    """The declared events with their accounts."""
    names = {gate.id for gate in gates} | {scenario.id for scenario in scenarios if not scenario.status_quo}
    result = tuple(_explanation(table, names=names, yardstick=yardstick) for table in tables)
    seen: set[str] = set()
    for table in tables:
        if table.name and table.name in seen:
            table.say("id", f"{shown(table.name)} is declared twice", "give each event an id of its own")
        seen.add(table.name)
    together = math.prod(max(1, len(one.accounts)) for one in result)
    if together > MOST_COMBINATIONS:
        tables[-1].say(
            "accounts",
            f"the events have {together} combinations of accounts together",
            f"declare fewer: at most {MOST_COMBINATIONS} combinations can be weighed",
        )
    elif not any(table.bad for table in tables):
        _check_room(tables, result, scenarios=scenarios, gates=gates)
    return result


def _explanation(table: Table, *, names: set[str], yardstick: Yardstick) -> Explanation:
    read = chance(yardstick=yardstick)
    account_tables = table.tables("accounts", ACCOUNT)
    accounts = tuple(_account(inner, names=names, read=read) for inner in account_tables)
    if len(accounts) < 2 and "accounts" not in table.bad:
        table.say("accounts", f"{len(accounts)} of them: nothing to tell apart", "declare at least two rival accounts")
    ids = [account.id for account in accounts]
    for inner in account_tables:
        if ids.count(inner.name) > 1:
            inner.say("id", f"{shown(inner.name)} is declared twice", "give each account an id of its own")
    if not any(inner.bad for inner in account_tables):
        accounts = _summed(table, accounts)
    known = frozenset(ids)
    likely = chance(yardstick=yardstick, words=SEEN_FIRST)
    observations = tuple(
        _observation(inner, known=known, read=likely) for inner in table.tables("observations", OBSERVATION)
    )
    if observations and accounts and all(_ruled_out(account, observations) for account in accounts):
        table.say("observations", "together they rule out every account", "let no likelihood of a live account be 0")
    return Explanation(
        id=table.get("id", ident, table.name),
        statement=table.get("statement", text, table.name),
        on=table.get("on", day, None),
        accounts=accounts,
        observations=observations,
    )


def _ruled_out(account: Account, observations: Sequence[Observation]) -> bool:
    given = (one.likelihood.get(account.id) for one in observations)
    return account.prior.point == 0 or any(chance is not None and chance.point == 0 for chance in given)


def _account(table: Table, *, names: set[str], read: Callable[[object], Chance]) -> Account:
    return Account(
        id=table.get("id", ident, table.name),
        statement=table.get("statement", text, table.name),
        prior=table.get("prior", read, _NOTHING),
        odds=table.by_name("odds", _factor, known=names, what="gates and scenarios"),
    )


def _summed(table: Table, accounts: tuple[Account, ...]) -> tuple[Account, ...]:
    """Priors that sum to one; words and ranges are scaled to it, plain numbers must do so by themselves."""
    total = math.fsum(account.prior.point for account in accounts)
    if not accounts or abs(total - 1.0) <= _SUM_WITHIN:
        return accounts
    if total <= 0 or all(account.prior.low == account.prior.high for account in accounts):
        table.say("accounts", f"the priors sum to {total:g}, not to 1", "let them sum to 1")
        return accounts
    return tuple(
        replace(account, prior=replace(account.prior, point=account.prior.point / total)) for account in accounts
    )


def _observation(table: Table, *, known: frozenset[str], read: Callable[[object], Chance]) -> Observation:
    likelihood = table.by_name("likelihood", read, known=known, what="accounts")
    if "likelihood" not in table.bad:
        for name in sorted(known - set(likelihood)):
            table.say("likelihood", "is missing", 'write a word, as "often", or a number', inside=name)
        if likelihood and all(one.point == 0 for one in likelihood.values()):
            table.say("likelihood", "is nought under every account", "an observation that no account allows is a fault")
    return Observation(
        id=table.get("id", ident, table.name),
        statement=table.get("statement", text, table.name),
        likelihood=likelihood,
        on=table.get("on", day, None),
    )


def _check_room(
    tables: Sequence[Table], found: Sequence[Explanation], *, scenarios: Sequence[Scenario], gates: Sequence[Gate]
) -> None:
    """The scenarios' priors must leave room in every state of the gates, whichever accounts are true."""
    if len(gates) > MOST_GATES or overfull(scenarios, gates) is not None:
        return
    ids = [scenario.id for scenario in scenarios]
    tried: set[tuple[float, ...]] = set()
    for combination in itertools.product(*(one.accounts for one in found)):
        factors = tuple(math.prod(account.odds.get(name, 1.0) for account in combination) for name in ids)
        if factors in tried or max(factors, default=1.0) <= 1.0:
            continue
        tried.add(factors)
        moved = [_moved(scenario, factor) for scenario, factor in zip(scenarios, factors, strict=True)]
        worst = overfull(moved, gates)
        if worst is not None:
            true = " and ".join(account.id for account in combination)
            message = f"the scenarios' priors sum to {worst[0]:.4g} if {true} is true"
            tables[-1].say("accounts", message, "lower the odds factors of the scenarios")
            return


def _moved(scenario: Scenario, factor: float) -> Scenario:
    """A scenario whose prior has its odds multiplied."""
    if scenario.prior is None:
        return scenario
    point = scenario.prior.point
    prior = replace(scenario.prior, point=point * factor / (1.0 - point + point * factor))
    return replace(scenario, prior=prior)
