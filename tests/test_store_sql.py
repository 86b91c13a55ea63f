"""The store keeps whole reports or none, and forgets nothing."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tocsin.errors import StoreError
from tocsin.model.claim import Attribution, Claim, Extraction, NotUnderstood
from tocsin.model.judgement import Judgement, JudgementKind, Verdict
from tocsin.model.report import Report, Span, Voice, VoiceKind
from tocsin.model.time import Window
from tocsin.store.sql import Store

NOW = datetime(2022, 12, 2, 8, 0)  # noqa: DTZ001 - the store keeps UTC without a zone


def _report(number: int = 1) -> Report:
    return Report(
        id=f"sha256:{number}",
        text="The port is open.",
        published=Window(earliest=date(2022, 12, 1), latest=date(2022, 12, 2)),
        retrieved=date(2022, 12, 2),
        lang="en",
    )


def _extraction(report: Report) -> Extraction:
    claim = Claim(
        id="c1",
        report=report.id,
        span=Span(0, 17),
        sentence=Span(0, 17),
        content="The port is open.",
        cue=None,
        chain=(Voice(name="author", kind=VoiceKind.AUTHOR),),
        attribution=Attribution.AUTHOR,
    )
    gap = NotUnderstood(span=Span(0, 3), reason="tried")
    return Extraction(report=report.id, claims=(claim,), figures=(), not_understood=(gap,), extractor="t 1")


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'tocsin.db'}"


def test_what_is_kept_comes_back_equal(url: str) -> None:
    store = Store(url)
    report = _report()
    store.keep(report, _extraction(report), name="r.txt", handling=None, at=NOW)

    assert store.reports() == {report.id: report}
    assert store.extractions() == {report.id: _extraction(report)}
    assert store.extractor_of(report.id) == "t 1"
    store.close()


def test_the_same_report_is_kept_once(url: str) -> None:
    store = Store(url)
    report = _report()

    assert store.keep(report, _extraction(report), name="r.txt", handling=None, at=NOW)
    assert not store.keep(report, _extraction(report), name="again.txt", handling=None, at=NOW)
    assert len(store.reports()) == 1
    store.close()


def test_a_reopened_store_has_lost_nothing(url: str) -> None:
    first = Store(url)
    first.keep(_report(), _extraction(_report()), name="r.txt", handling=None, at=NOW)
    first.close()
    second = Store(url)

    assert list(second.reports()) == ["sha256:1"]
    second.close()


def test_the_same_assessment_by_the_same_signer_is_issued_once(url: str) -> None:
    store = Store(url)
    values = {
        "problem": "p",
        "as_of": date(2022, 12, 2),
        "issued_at": NOW,
        "by": "N. N.",
        "judgement": None,
        "dissent": "too calm",
        "digest": "d",
        "payload": b"{}",
    }
    store.issue(values)
    store.issue(values)
    found = store.issued("p")

    assert [one.dissent for one in found] == ["too calm"]
    assert store.issued("another") == ()
    store.close()


def test_a_store_of_a_later_version_is_refused_and_left_alone(url: str) -> None:
    Store(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE about SET value = '99'"))
    engine.dispose()

    with pytest.raises(StoreError, match="upgrade Tocsin"):
        Store(url)


def test_a_damaged_store_is_a_clear_error(tmp_path: Path) -> None:
    damaged = tmp_path / "tocsin.db"
    damaged.write_bytes(b"this is no database, but long enough to look at" * 50)

    with pytest.raises(StoreError, match="not a database"):
        Store(f"sqlite:///{damaged}")


def test_judgements_come_back_in_the_order_in_which_they_were_made(url: str) -> None:
    made = [
        Judgement(claim="c1", kind=JudgementKind.REVIEW, value=value, by="N. N.", at=NOW, why="looked again")
        for value in (Verdict.REJECTED, Verdict.UNDONE, Verdict.ACCEPTED)
    ]
    first = Store(url)
    for judgement in made:
        first.judge(judgement)
    first.close()
    second = Store(url)

    assert list(second.judgements()) == made
    second.close()
