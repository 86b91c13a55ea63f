"""The store keeps whole reports or none, and forgets nothing; on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, UniqueConstraint, delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from tests.storing import NOW, engine, extraction, report

from tocsin.errors import StoreError
from tocsin.model.judgement import Judgement, JudgementKind, Verdict
from tocsin.model.log import (
    Act,
    Attempt,
    Delivery,
    DeliveryState,
    Fetched,
    FlatClaim,
    Issued,
    LookMade,
    Note,
)
from tocsin.model.outcome import Forecast, Outcome
from tocsin.store import records, schema
from tocsin.store.reports import Arrival, Settled
from tocsin.store.sql import Store


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


def keep(store: Store, number: int = 1, words: str = "The port is open.", *, handling: str | None = None) -> bool:
    kept = report(number, words)
    return store.keep(kept, extraction(kept), name=f"{number}.txt", handling=handling, at=NOW, by="N. N.")


def test_what_is_kept_comes_back_equal(store: Store) -> None:
    one = report()
    keep(store)

    assert store.reports() == {one.id: one}
    assert store.extractions() == {one.id: extraction(one)}
    assert store.extractor_of(one.id) == "t 1"
    assert store.extractor_of("sha256:unknown") is None
    assert [(a.name, a.outcome, a.by) for a in store.attempts()] == [("1.txt", "new", "N. N.")]


def test_the_same_report_is_kept_once(store: Store) -> None:
    assert keep(store)
    assert not keep(store)
    assert len(store.reports()) == len(store.claims()) == len(store.attempts()) == 1


def test_a_reopened_store_has_lost_nothing(url: str) -> None:
    first = Store(url)
    keep(first)
    first.close()
    second = Store(url)

    assert list(second.reports()) == ["sha256:1"]
    second.close()


def test_reports_come_in_order_of_publication_and_those_of_unknown_day_first(store: Store) -> None:
    for number, day in ((1, date(2022, 12, 2)), (2, None), (3, date(2022, 12, 1)), (0, date(2022, 12, 2))):
        one = report(number, published=day)
        store.keep(one, extraction(one), name="r", handling=None, at=NOW)

    assert list(store.reports()) == ["sha256:2", "sha256:3", "sha256:0", "sha256:1"]


def test_of_two_readings_of_a_report_the_latest_counts_and_both_are_kept(url: str, store: Store) -> None:
    one = report()
    keep(store)

    assert store.reread(one, extraction(one, "t 2", origin="the harbour master"), at=NOW)
    assert not store.reread(one, extraction(one, "t 2"), at=NOW)
    assert store.extractor_of(one.id) == "t 2"
    assert [found.extractor for found in store.extractions().values()] == ["t 2"]
    assert [claim.origin for claim in store.claims()] == ["the harbour master"]
    with (database := engine(url)).connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM extractions")).scalar() == 2
    database.dispose()


def test_of_two_readings_the_one_made_later_counts_in_whatever_order_they_came_in(store: Store) -> None:
    one = report()
    late = extraction(one, "t 2", origin="the mayor")
    store.keep(one, late, name="r", handling=None, at=NOW)
    store.reread(one, extraction(one, "t 1"), at=NOW - timedelta(hours=1))

    assert store.extractor_of(one.id) == "t 2"
    assert store.extractions() == {one.id: late}
    assert [claim.origin for claim in store.claims()] == ["the mayor"]
    assert store.counts("origin") == {"the mayor": 1}
    assert [hit.origin for hit in store.search("port")] == ["the mayor"]


def test_words_that_no_database_can_hold_are_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="NUL"):
        keep(store, words="The port\0 is open.")
    assert store.reports() == {}


def test_claims_are_found_by_report_origin_day_and_the_beginning_of_their_id(store: Store) -> None:
    for number, day in enumerate((date(2022, 12, 1), None, date(2022, 12, 3)), 10):
        one = report(number, published=day)
        found = extraction(one, origin="the mayor" if number == 11 else "the harbour master")
        store.keep(one, found, name="r", handling="amber" if number == 12 else None, at=NOW)

    def ids(found: tuple[FlatClaim, ...]) -> list[str]:
        return [claim.id for claim in found]

    assert ids(store.claims(report="sha256:11")) == ["c11"]
    assert ids(store.claims(origin="the harbour master")) == ["c10", "c12"]
    assert ids(store.claims(first=date(2022, 12, 2))) == ["c12"]
    assert ids(store.claims(last=date(2022, 12, 2))) == ["c10"]
    assert ids(store.claims(beginning="c1")) == ["c10", "c11", "c12"]
    assert ids(store.claims(beginning="c12")) == ["c12"]
    assert ids(store.claims(most=1)) == ["c10"]
    assert [claim.handling for claim in store.claims()] == [None, None, "amber"]
    assert store.handling() == {"sha256:12": "amber"}


def test_a_caveat_given_later_holds_beside_the_first_wherever_a_report_is_told_of(store: Store) -> None:
    keep(store, 1, "The port is open.", handling="embargo")
    keep(store, 2, "The port is shut.")
    first = [add_again(store, handling).handling for handling in (None, "TLP:RED", "TLP:AMBER", "embargo")]

    assert first == [None, "embargo\nTLP:RED", None, None]
    assert add_again(store, "TLP:CLEAR", number=2) == Settled()
    assert store.handling() == {"sha256:1": "embargo\nTLP:RED"}
    assert {key: one.handling for key, one in store.reports().items()} == {
        "sha256:1": "embargo\nTLP:RED",
        "sha256:2": None,
    }
    assert [one.handling for one in store.claims()] == ["embargo\nTLP:RED", None]
    assert {hit.report: hit.handling for hit in store.search("port")} == {
        "sha256:1": "embargo\nTLP:RED",
        "sha256:2": None,
    }
    assert [(act.what, act.subject, act.detail) for act in store.acts()] == [
        ("caveat", "sha256:1", {"handling": "TLP:RED"})
    ]


def test_a_report_that_another_process_took_in_meanwhile_takes_the_caveat_too(store: Store) -> None:
    keep(store)
    one = report()
    attempt = Attempt(at=NOW, name="again.txt", report=one.id, outcome="new")
    (settled,) = store.settle(
        [Arrival(attempt=attempt, report=one, extraction=extraction(one), handling="TLP:RED")], at=NOW
    )

    assert settled == Settled(known=True, handling="TLP:RED")
    assert store.handling() == {one.id: "TLP:RED"}


@pytest.mark.parametrize(("ours", "theirs"), [(None, "TLP:RED"), ("TLP:RED", None), ("TLP:AMBER", "embargo")])
@pytest.mark.parametrize("later", [False, True])
def test_of_two_stores_that_mark_a_report_differently_both_caveats_hold(
    store: Store,
    tmp_path: Path,
    ours: str | None,
    theirs: str | None,
    later: bool,  # noqa: FBT001 - a test's parameter
) -> None:
    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    for one, handling in ((store, ours), (other, theirs)):
        keep(one, handling=None if later else handling)
        add_again(one, handling)
    before = list(store.lines())
    lines = list(enumerate(other.lines()))
    store.take_lines(lines)
    merged = list(store.lines())
    store.take_lines(lines)
    other.take_lines(enumerate(before))
    told = {frozenset(one.handling()["sha256:1"].splitlines()) for one in (store, other)}

    assert told == {frozenset({ours, theirs} - {None})}
    assert list(store.lines()) == merged
    other.close()


def test_lines_from_before_there_were_caveats_and_probabilities_are_taken_in(store: Store, tmp_path: Path) -> None:
    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    keep(other)
    other.issue(_issued())
    lines = [json.loads(line) for line in other.lines()]
    for one in lines:
        for name in ("probability", "handling", "outlet", "published_earliest", "published_latest", "lang"):
            if one["table"] in {"issued", "intake"}:
                one["row"].pop(name, None)
    store.take_lines(enumerate(json.dumps(one).encode() for one in lines))

    assert store.issued("p") == (_issued(),)
    assert store.attempts() == other.attempts()
    other.close()


def test_no_row_can_be_changed_or_removed_past_the_store(filled_url: str) -> None:
    database = engine(filled_url)
    for table in schema.APPEND_ONLY:
        column = {"reports": "title", "claims": "content"}.get(table.name, "id")
        for statement in (update(table).values({column: table.c[column]}), delete(table)):
            with pytest.raises(Exception, match=f"{table.name}: this table is append-only"), database.begin() as step:
                step.execute(statement)
    database.dispose()


@pytest.fixture
def filled_url(url: str) -> str:
    """A store with a row in every table."""
    fill(url)
    return url


def fill(url: str) -> None:
    """Put a row into every table."""
    store = Store(url)
    keep(store)
    store.judge(Judgement(subject="c1", kind=JudgementKind.REVIEW, value=Verdict.ACCEPTED, by="A", at=NOW, why="w"))
    store.keep_file(digest="d", kind="problem", name="p.toml", text="x", at=NOW)
    store.issue(_issued())
    store.forecast("p", Forecast(who="A", as_of=NOW.date(), days=0, until=NOW.date(), probability=0.5), at=NOW)
    store.record(_outcome())
    store.look(_look())
    store.fetched(Fetched(feed="f", at=NOW))
    store.deliver(_delivery())
    store.write_note(Note(at=NOW, by="A", kind="handover", text="all quiet"))
    add_again(store, "TLP:RED")
    store.keep_rereading("{}", extraction(report()), at=NOW)
    store.close()
    database = engine(url)
    with database.begin() as connection:
        row = {"subject": "s", "kind": "report", "at": NOW, "by": "A", "why": "w", "reports": "[]"}
        connection.execute(insert(schema.tombstones).values(row))
    database.dispose()


def add_again(store: Store, handling: str | None, number: int = 1) -> Settled:
    """Add a report that is there, with a caveat."""
    attempt = Attempt(at=NOW, name="again.txt", report=f"sha256:{number}", outcome="known")
    return store.settle([Arrival(attempt=attempt, handling=handling)], at=NOW)[0]


def _issued(dissent: str | None = "too calm") -> Issued:
    return Issued(
        problem="p",
        as_of=date(2022, 12, 2),
        issued_at=NOW,
        by="N. N.",
        judgement=None,
        dissent=dissent,
        digest="d",
        payload=b"{}",
    )


def _outcome() -> Outcome:
    return Outcome(
        problem="p", onset=None, through=date(2023, 1, 1), scenario=None, rule="r", by="A", why="nothing came", at=NOW
    )


def _look(found: bool = False) -> LookMade:  # noqa: FBT001, FBT002 - a test's shorthand
    return LookMade(
        problem="p", indicator="i", who="A", day=date(2022, 12, 1), found=found, coverage=0.5, note="clouds", at=NOW
    )


def _delivery(attempt: int = 1, state: DeliveryState = DeliveryState.FAILED) -> Delivery:
    return Delivery(
        problem="p",
        rule="r",
        key="k",
        reason="the line was crossed",
        payload="{}",
        channel="file",
        target="alerts.jsonl",
        state=state,
        attempts=attempt,
        at=NOW,
    )


def test_the_same_assessment_in_the_same_words_by_the_same_signer_is_issued_once(store: Store) -> None:
    first = store.issue(_issued())
    again = store.issue(replace(_issued(), issued_at=NOW + timedelta(hours=1)))

    assert (first, again) == (True, False)
    assert store.issued("p") == (_issued(),)
    assert store.issued("another") == ()
    assert [act.what for act in store.acts()] == ["issue"]


@pytest.mark.parametrize(
    "other", [{"dissent": "too wild"}, {"judgement": "calm"}, {"probability": 0.3}, {"digest": "e"}, {"by": "B"}]
)
def test_an_issue_that_differs_in_anything_is_kept_and_the_first_may_be_issued_anew(
    store: Store, other: dict[str, Any]
) -> None:
    second = replace(_issued(), **other, issued_at=NOW + timedelta(hours=1))
    third = replace(_issued(), issued_at=NOW + timedelta(hours=2))
    kept = [store.issue(one) for one in (_issued(), second, third)]

    assert kept == [True, True, "by" not in other]
    assert store.issued("p")[:2] == (_issued(), second)


def test_an_issue_and_its_probability_are_kept_together_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = Forecast(who="N. N.", as_of=date(2022, 12, 2), days=0, until=date(2022, 12, 31), probability=0.3)
    with monkeypatch.context() as broken:
        broken.setattr(records, "_keep_forecast", _fails)
        with pytest.raises(StoreError, match="full"):
            store.issue(_issued(), given)
    assert store.issued("p") == ()
    store.issue(_issued(), given)
    store.issue(_issued(), given)

    assert store.forecasts("p") == (replace(given, at=NOW),)


def _fails(*_: object) -> None:
    raise StoreError("the disk is full")


def test_judgements_of_one_moment_come_back_in_the_order_in_which_they_were_made(url: str) -> None:
    values = [Verdict.REJECTED, Verdict.UNDONE, Verdict.ACCEPTED]
    first = Store(url)
    for value in values:
        first.judge(
            Judgement(subject="c1", kind=JudgementKind.REVIEW, value=value, by="N. N.", at=NOW, why="looked again")
        )
    first.close()
    second = Store(url)

    assert [one.value for one in second.judgements()] == values
    assert [one.at - NOW for one in second.judgements()] == [timedelta(microseconds=n) for n in range(3)]
    second.close()


def test_what_was_made_later_comes_later_in_whatever_order_it_came_in(store: Store) -> None:
    late, early = NOW + timedelta(hours=2), NOW - timedelta(hours=2)
    for at in (NOW, late, early):
        store.judge(
            Judgement(subject="c1", kind=JudgementKind.REVIEW, value=Verdict.ACCEPTED, by="A", at=at, why="seen")
        )
        store.record(replace(_outcome(), at=at))
        store.look(replace(_look(), at=at))
        store.keep_file(digest=f"{at}", kind="problem", name="p.toml", text=f"{at}", at=at)
        store.issue(replace(_issued(f"{at}"), issued_at=at))
        store.forecast("p", Forecast(who="A", as_of=NOW.date(), days=0, until=NOW.date(), probability=0.5), at=at)
        store.write_note(Note(at=at, by="A", kind="handover", text="all quiet"))
        store.fetched(Fetched(feed="f", at=at))
    in_time = [early, NOW, late]

    assert [one.at for one in store.judgements()] == in_time
    assert [one.at for one in store.outcomes("p")] == in_time
    assert [one.at for one in store.looks()] == in_time
    assert [at for at, _ in store.versions("problem", "p.toml")] == in_time
    assert [one.issued_at for one in store.issued("p")] == in_time
    assert [one.at for one in store.forecasts("p")] == in_time
    assert [one.at for one in store.notes()] == in_time
    assert store.last_fetch("f") == Fetched(feed="f", at=late)


def test_what_two_desks_made_at_one_moment_has_one_order_whichever_is_taken_in_first(tmp_path: Path) -> None:
    lines = []
    for value in (Verdict.REJECTED, Verdict.ACCEPTED):
        one = Store(f"sqlite:///{tmp_path / value}.db")
        one.judge(Judgement(subject="c1", kind=JudgementKind.REVIEW, value=value, by="A", at=NOW, why="seen"))
        lines.append(list(enumerate(one.lines())))
        one.close()
    orders = []
    for name, first in (("x", 0), ("y", 1)):
        merged = Store(f"sqlite:///{tmp_path / name}.db")
        merged.take_lines(lines[first])
        merged.take_lines(lines[1 - first])
        orders.append(merged.judgements())
        merged.close()

    assert orders[0] == orders[1]
    assert len(orders[0]) == 2


@pytest.mark.parametrize("table", schema.APPEND_ONLY, ids=lambda table: str(table.name))
def test_no_row_can_be_replaced_past_the_store(tmp_path: Path, table: Table) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    fill(url)
    keys = [table.primary_key, *(one for one in table.constraints if isinstance(one, UniqueConstraint))]
    database = engine(url)
    for key in keys:
        with database.connect() as connection:
            before = [dict(row) for row in connection.execute(select(table)).mappings()]
        own = [column.name for column in table.primary_key if column not in list(key.columns)]
        forged = {name: value for name, value in before[0].items() if name not in own}
        with pytest.raises(IntegrityError, match="append-only"), database.begin() as step:
            step.execute(insert(table).prefix_with("OR REPLACE").values(forged))
        with database.connect() as connection:
            assert [dict(row) for row in connection.execute(select(table)).mappings()] == before
    database.dispose()


def test_a_file_that_returns_to_earlier_words_is_a_version_of_its_own(store: Store) -> None:
    for hours, words in enumerate(("a", "a", "b", "a")):
        at = NOW + timedelta(hours=hours)
        store.keep_file(digest=f"digest of {words}", kind="problem", name="p.toml", text=words, at=at)

    assert [(at.hour - NOW.hour, words) for at, words in store.versions("problem", "p.toml")] == [
        (0, "a"),
        (2, "b"),
        (3, "a"),
    ]


def test_what_two_desks_used_at_the_time_is_one_version_from_its_first_use(store: Store, tmp_path: Path) -> None:
    other = Store(f"sqlite:///{tmp_path / 'other.db'}")
    for one, hours, words in ((store, 1, "a"), (other, 0, "a"), (other, 2, "b")):
        at = NOW + timedelta(hours=hours)
        one.keep_file(digest=f"digest of {words}", kind="problem", name="p.toml", text=words, at=at)
    store.take_lines(enumerate(other.lines()))
    other.close()

    assert store.versions("problem", "p.toml") == ((NOW, "a"), (NOW + timedelta(hours=2), "b"))


def test_the_log_of_a_working_desk_comes_back_equal(store: Store) -> None:
    note = Note(at=NOW, by="A", kind="handover", text="all quiet", detail={"open": ["a", 1, None]})
    poll = Fetched(feed="f", at=NOW, status=304, etag='"x"', new=0)
    store.write_note(note)
    store.look(_look())
    store.look(_look(found=True))
    store.fetched(poll)
    store.fetched(Fetched(feed="g", at=NOW, error="no answer"))

    assert store.notes() == (note,)
    assert store.notes("another kind") == ()
    assert store.looks("p") == (_look(), _look(found=True))
    assert store.fetches("f") == (poll,)
    assert store.last_fetch("g") == Fetched(feed="g", at=NOW, error="no answer")
    assert store.last_fetch("h") is None
    assert len(store.fetches()) == 2


def test_an_attempt_at_an_alert_is_kept_once_and_the_next_attempt_beside_it(store: Store) -> None:
    assert store.deliver(_delivery())
    assert not store.deliver(_delivery(state=DeliveryState.SENT))
    assert store.deliver(_delivery(2, DeliveryState.SENT))

    assert [one.state for one in store.deliveries("p")] == [DeliveryState.FAILED, DeliveryState.SENT]


def _watch(store: Store, after: int, *raised: Delivery, stands: bool = True, made_from: str = "all") -> bool:
    act = Act(at=NOW, who="tocsin", what="watch", subject="p", detail={"n": after}) if stands else None
    return store.keep_watch("p", after=after, stands=act, raised=raised, made_from=made_from)


def test_what_a_watch_saw_and_what_it_raised_are_kept_together_and_by_the_quicker_of_two(store: Store) -> None:
    waiting = _delivery(0, DeliveryState.PENDING)
    other = replace(waiting, key="other")
    first = _watch(store, 0, waiting)
    second = _watch(store, 0, other, made_from="less")
    same = _watch(store, 1, waiting, stands=False, made_from="more")
    sent = store.deliver(_delivery(1, DeliveryState.BEGUN))
    again = _watch(store, 1, waiting, other)

    assert (first, second, same, sent, again) == (True, False, True, True, True)
    assert [(one.key, one.attempts) for one in store.deliveries()] == [("k", 0), ("k", 1), ("other", 0)]
    assert [act.detail for act in store.acts("p")] == [{"n": 0}, {"n": 1}]
    assert (store.made_from("p"), store.made_from("q")) == ("all", "")


def test_a_watch_that_cannot_be_kept_whole_is_kept_in_no_part(store: Store) -> None:
    with pytest.raises(StoreError):
        _watch(store, 0, _delivery(0, DeliveryState.PENDING), made_from=None)  # type: ignore[arg-type]

    assert (store.deliveries(), store.acts(), store.made_from("p")) == ((), (), "")


def test_the_store_tells_how_far_it_has_come_whenever_something_counts_anew(store: Store) -> None:
    steps: list[Callable[[], object]] = [
        lambda: keep(store),
        lambda: store.judge(
            Judgement(subject="s", kind=JudgementKind.REVIEW, value=Verdict.ACCEPTED, by="A", at=NOW, why="w")
        ),
        lambda: store.look(_look()),
    ]
    seen = [store.reach()]
    for step in steps:
        step()
        seen.append(store.reach())
    store.fetched(Fetched(feed="f", at=NOW, error="no answer"))

    assert len(set(seen)) == len(seen)
    assert store.reach() == seen[-1]


def test_forecasts_and_outcomes_come_back_equal(store: Store) -> None:
    given = Forecast(who="A", as_of=NOW.date(), days=0, until=date(2022, 12, 31), probability=0.1 + 0.2)
    store.forecast("p", given, at=NOW)
    store.record(_outcome())

    assert store.forecasts("p") == (replace(given, at=NOW),)
    assert store.outcomes("p") == (_outcome(),)


def test_every_signed_act_leaves_a_line_of_who_when_and_why(store: Store) -> None:
    store.judge(
        Judgement(subject="c1", kind=JudgementKind.REVIEW, value=Verdict.REJECTED, by="A", at=NOW, why="misread")
    )
    store.record(_outcome())
    store.act(Act(at=NOW, who="B", what="export", subject="jsonl", why="for the other desk", detail={"lines": 3}))

    assert [(act.who, act.what, act.subject, act.why) for act in store.acts()] == [
        ("A", "judge", "c1", "misread"),
        ("A", "outcome", "p", "nothing came"),
        ("B", "export", "jsonl", "for the other desk"),
    ]
    assert [act.detail for act in store.acts("jsonl")] == [{"lines": 3}]


def test_a_store_of_a_later_version_is_refused_and_left_alone(url: str) -> None:
    Store(url).close()
    database = engine(url)
    with database.begin() as connection:
        connection.execute(text("UPDATE about SET value = '99'"))
    with pytest.raises(StoreError, match="upgrade Tocsin"):
        Store(url)
    with database.connect() as connection:
        assert connection.execute(text("SELECT value FROM about")).scalar() == "99"
    database.dispose()


def test_a_damaged_store_is_a_clear_error(tmp_path: Path) -> None:
    damaged = tmp_path / "tocsin.db"
    damaged.write_bytes(b"this is no database, but long enough to look at" * 50)

    with pytest.raises(StoreError, match=r"not a database.*restore it from a copy"):
        Store(f"sqlite:///{damaged}")
