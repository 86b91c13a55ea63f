"""Judgements overlay one another: nothing is erased, and who differs cancels out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tocsin.model.judgement import KINDS, Judgement, JudgementKind, Ruling, State, Verdict
from tocsin.weigh import history, rulings, standing

START = datetime(2022, 12, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone


def judged(*said: tuple[str, Verdict], claim: str = "c1") -> list[Judgement]:
    """One judgement a day; a withdrawal takes back what its author said last."""
    out: list[Judgement] = []
    last: dict[str, JudgementKind] = {}
    for day, (by, verdict) in enumerate(said):
        kind = KINDS.get(verdict) or last.get(by, JudgementKind.RESOLUTION)
        last[by] = kind
        out.append(
            Judgement(subject=claim, kind=kind, value=verdict, by=by, at=START + timedelta(days=day), why=f"day {day}")
        )
    return out


def value(*said: tuple[str, Verdict], by: date | None = None) -> list[Verdict | None]:
    return [ruling.value for ruling in rulings(judged(*said), by=by)]


def test_the_latest_of_one_person_counts() -> None:
    assert value(("A", Verdict.TRUE), ("A", Verdict.FALSE)) == [Verdict.FALSE]


def test_two_who_differ_are_both_kept_and_neither_counts() -> None:
    [ruling] = rulings(judged(("A", Verdict.TRUE), ("B", Verdict.FALSE)))

    assert ruling.disputed
    assert [one.by for one in ruling.standing] == ["A", "B"]
    assert value(("A", Verdict.TRUE), ("B", Verdict.FALSE), ("A", Verdict.FALSE)) == [Verdict.FALSE]


def test_a_review_and_a_resolution_do_not_dispute_each_other() -> None:
    assert value(("A", Verdict.TRUE), ("B", Verdict.REJECTED)) == [Verdict.TRUE, Verdict.REJECTED]


def test_a_withdrawal_brings_back_what_stood_before_it() -> None:
    undo = Verdict.UNDONE

    assert value(("A", Verdict.TRUE), ("A", undo)) == []
    assert value(("A", Verdict.TRUE), ("A", Verdict.FALSE), ("A", undo)) == [Verdict.TRUE]
    assert value(("A", Verdict.TRUE), ("B", Verdict.FALSE), ("B", undo)) == [Verdict.TRUE]
    assert value(("A", undo)) == []


def test_a_day_knows_nothing_of_what_was_judged_after_it() -> None:
    said = (("A", Verdict.TRUE), ("A", Verdict.FALSE), ("A", Verdict.UNDONE))

    assert value(*said, by=START.date() - timedelta(days=1)) == []
    assert [value(*said, by=START.date() + timedelta(days=day)) for day in range(3)] == [
        [Verdict.TRUE],
        [Verdict.FALSE],
        [Verdict.TRUE],
    ]


def test_the_history_says_what_has_become_of_each() -> None:
    made = judged(
        ("A", Verdict.TRUE), ("A", Verdict.FALSE), ("B", Verdict.TRUE), ("B", Verdict.UNDONE), ("C", Verdict.UNRESOLVED)
    )

    assert [entry.state for entry in history(made)] == [
        State.SUPERSEDED,
        State.DISPUTED,
        State.WITHDRAWN,
        State.WITHDRAWAL,
        State.DISPUTED,
    ]


@given(
    st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from(list(KINDS))), max_size=12),
    st.sampled_from("AB"),
    st.sampled_from(list(KINDS)),
)
def test_judging_and_withdrawing_changes_nothing(said: list[tuple[str, Verdict]], by: str, verdict: Verdict) -> None:
    before = judged(*said)
    after = judged(*said, (by, verdict), (by, Verdict.UNDONE))

    def told(made: list[Judgement]) -> set[Ruling]:
        return {
            Ruling(subject=one.subject, kind=one.kind, value=one.value, standing=tuple(sorted(one.standing, key=_day)))
            for one in rulings(made)
        }

    assert standing(after) == standing(before)
    assert told(after) == told(before)


def _day(judgement: Judgement) -> datetime:
    return judgement.at
