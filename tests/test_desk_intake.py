"""Intake: nothing lost, nothing doubled, what failed is kept and can be tried again."""

from __future__ import annotations

import hashlib
import os
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import insert
from tests.reading import samples
from tests.web_stub import saying, serving

from tocsin.cli import cli
from tocsin.desk import Desk, files_under, intake, mappings_for
from tocsin.desk.chain import Everything
from tocsin.desk.intake import Again, Given, nearby
from tocsin.desk.originals import Originals, digest_of
from tocsin.errors import FaultyInput, FetchError, ReadError, UsageError
from tocsin.model.claim import Extraction
from tocsin.model.report import Report, Voice
from tocsin.model.time import Window
from tocsin.publish.handling import PUBLIC
from tocsin.store import schema

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone


def test_the_kept_original_is_named_by_its_digest_and_nothing_else(desk: Desk) -> None:
    name = "../../climbs\n\x1b[31mout.txt"
    data = samples.SENTENCE.encode()
    desk.add([(name, lambda: data)], now=NOW)

    kept = desk.path / "reports" / f"{hashlib.sha256(data).hexdigest()}.txt"
    assert kept.read_bytes() == data
    assert not list(desk.path.rglob("*climbs*"))


def test_every_report_of_a_container_is_kept_as_it_is_and_can_be_added_again(desk: Desk) -> None:
    given = {name: data for name, data in samples.every().items() if not name.startswith("rows")}
    first = desk.add([(name, data.__bytes__) for name, data in given.items()], now=NOW)
    new = [one for one in first if one.outcome == "new"]
    originals = [file for file in (desk.path / "reports").iterdir() if file.is_file()]
    for one in new:
        assert any(digest_of(file.read_bytes()) == one.report for file in originals)

    again = desk.add([(file.name, file.read_bytes) for file in originals], now=NOW)

    assert [one.name for one in again if one.outcome != "known"] == []


def test_what_failed_is_kept_with_its_reason_and_tried_again(desk: Desk) -> None:
    table = samples.table()
    (failed,) = desk.add([("rows.csv", lambda: table)], now=NOW)

    assert (failed.outcome, failed.kept) == ("failed", True)
    assert "columns: day, source, body" in failed.reason

    (desk.path / "tocsin.toml").write_text("[mapping.wire]\n" + samples.MAPPING, encoding="utf-8")
    mended = desk.add(desk.failed(), now=NOW)

    assert [one.outcome for one in mended] == ["new", "new"]
    assert desk.failed() == ()


def test_a_caveat_given_to_a_report_that_is_there_holds_from_then_on_and_is_told(desk: Desk) -> None:
    items = [("q.txt", samples.SENTENCE.encode)]
    report = digest_of(samples.SENTENCE.encode())
    told = [
        desk.add(items, now=NOW + timedelta(hours=hours), handling=handling)[0]
        for hours, handling in enumerate((None, "TLP:RED", "TLP:GREEN", "source at risk", None))
    ]

    assert [(one.outcome, one.handling) for one in told] == [
        ("new", None),
        ("known", "TLP:RED"),
        ("known", None),
        ("known", "TLP:RED\nsource at risk"),
        ("known", None),
    ]
    assert desk.store.handling() == {report: "TLP:RED\nsource at risk"}
    assert desk.store.reports()[report].handling == "TLP:RED\nsource at risk"
    assert {one.handling for one in desk.store.claims(report=report)} == {"TLP:RED\nsource at risk"}
    assert [(one.what, one.detail) for one in desk.acts(report)] == [
        ("caveat", {"handling": "TLP:RED"}),
        ("caveat", {"handling": "source at risk"}),
    ]


def test_of_a_report_marked_later_no_reader_without_clearance_sees_a_word(desk: Desk) -> None:
    items = [("q.txt", b"The mayor said that Qwertytown is closed to ships.".strip)]
    desk.add(items, now=NOW)
    seen, _ = desk.search("Qwertytown", to=PUBLIC)
    desk.add(items, now=NOW, handling="TLP:RED")
    hidden, gone = desk.search("Qwertytown", to=PUBLIC)
    shown, _ = desk.search("Qwertytown")

    assert (len(seen), hidden, [one.handling for one in shown]) == (1, (), ["TLP:RED"])
    assert "TLP:RED" in gone.told()
    with pytest.raises(UsageError, match="TLP:RED"):
        desk.export_lines(to=PUBLIC)


def test_the_listing_says_how_a_known_report_is_marked_now(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "q.txt"
    file.write_text(samples.SENTENCE, encoding="utf-8")
    words = ["add", str(desk.path), str(file)]
    listed = [CliRunner().invoke(cli, [*words, *more]).stdout for more in ((), ("--handling", "TLP:RED"), ())]

    assert ", now " not in listed[0]
    assert f"known   {file}, now TLP:RED\n" in listed[1]
    assert f"known   {file}\n" in listed[2]


def mend(desk: Desk) -> None:
    """Let tables be read that could not be read before."""
    (desk.path / "tocsin.toml").write_text("[mapping.wire]\n" + samples.MAPPING, encoding="utf-8")


def test_what_was_given_with_what_failed_holds_when_it_is_tried_again(desk: Desk) -> None:
    other = b"seltsam\nDer Hafen ist zu.\n"
    given = Given(handling="TLP:RED", outlet="Wire", published=Window.on(date(2023, 2, 1)), lang="en")
    desk.add(
        [("rows.csv", samples.table), ("other.csv", lambda: other)],
        now=NOW,
        handling=given.handling,
        outlet=given.outlet,
        published=given.published,
        lang=given.lang,
    )
    mend(desk)
    before = set(desk.store.reports())
    desk.add(desk.failed(), now=NOW)
    found = [one for key, one in desk.store.reports().items() if key not in before]

    assert len(found) == 2
    assert {(one.handling, one.outlet, one.lang) for one in found} == {("TLP:RED", "Wire", "en")}
    assert {one.published for one in found} == {Window.on(date(2023, 2, 1))}
    (_, again), *_ = desk.failed()
    assert isinstance(again, Again)
    assert again.given == given


def test_another_attempt_makes_a_caveat_stricter_and_never_looser(desk: Desk) -> None:
    desk.add([("rows.csv", samples.table)], now=NOW, handling="TLP:AMBER", outlet="Wire")
    desk.add([("rows.csv", samples.table)], now=NOW)
    mend(desk)
    before = set(desk.store.reports())
    desk.add(desk.failed(), now=NOW, handling="TLP:GREEN, embargo", outlet="Gazette")
    found = [one for key, one in desk.store.reports().items() if key not in before]

    assert {(one.handling, one.outlet) for one in found} == {("TLP:AMBER\nTLP:GREEN, embargo", "Gazette")}


@pytest.mark.parametrize("as_file", [True, False])
def test_bytes_that_failed_are_let_go_when_they_are_read_in_any_way_and_keep_their_caveat(
    desk: Desk,
    tmp_path: Path,
    as_file: bool,  # noqa: FBT001 - a test's parameter
) -> None:
    file = tmp_path / "rows.csv"
    file.write_bytes(samples.table())
    desk.add([(str(file), samples.table)], now=NOW, handling="TLP:RED")
    assert len(list((desk.path / "failed").iterdir())) == 1
    mend(desk)
    before = set(desk.store.reports())
    taken = desk.add([(str(file), (lambda: file) if as_file else samples.table)], now=NOW)

    assert [one.outcome for one in taken] == ["new", "new"]
    assert list((desk.path / "failed").iterdir()) == []
    assert {one.handling for key, one in desk.store.reports().items() if key not in before} == {"TLP:RED"}


def test_bytes_that_go_on_failing_are_kept_until_they_are_read_under_any_name(desk: Desk) -> None:
    data = samples.SENTENCE.encode()

    def fails(report: Report, *, outlet: Voice | None = None) -> Extraction:  # noqa: ARG001 - the form of an extractor
        raise ReadError("no")

    desk.add([("a.txt", lambda: data)], now=NOW, extractor=fails)
    assert len(list((desk.path / "failed").iterdir())) == 1
    desk.add([("a.txt", lambda: data)], now=NOW, extractor=fails)
    assert len(list((desk.path / "failed").iterdir())) == 1
    desk.add([("b.txt", lambda: data)], now=NOW)

    assert list((desk.path / "failed").iterdir()) == []


def test_a_message_that_failed_is_tried_again_as_a_message(desk: Desk) -> None:
    box = samples.mailbox(b"X-Nothing: here\n\n", samples.mail())
    failed, taken = desk.add([("all.mbox", lambda: box)], now=NOW)
    ((name, get),) = desk.failed()

    assert (failed.outcome, taken.outcome) == ("failed", "new")
    assert name == "all.mbox: message 1"
    assert getattr(get(), "kind").value == "message/rfc822"  # noqa: B009 - what is got is bytes, a path or an item


def test_bytes_too_many_to_keep_are_not_kept(desk: Desk) -> None:
    (failed,) = desk.add([("large.txt", lambda: b"word " * 4_100_000)], now=NOW)

    assert (failed.outcome, failed.kept) == ("failed", False)
    assert desk.failed() == ()


def test_a_half_written_file_is_no_original(desk: Desk) -> None:
    data = samples.SENTENCE.encode()
    folder = desk.path / "reports"
    partial = folder / f"{digest_of(data).removeprefix('sha256:')}.txt.99999.part"
    partial.write_bytes(data[:10])
    os.utime(partial, (0, 0))
    desk.add([("n.txt", lambda: data)], now=NOW)

    assert not partial.exists()
    assert digest_of((folder / f"{digest_of(data).removeprefix('sha256:')}.txt").read_bytes()) == digest_of(data)


def test_an_original_without_a_row_is_taken_in_like_any_other(desk: Desk) -> None:
    """As after a kill between the two."""
    data = samples.SENTENCE.encode()
    Originals(desk.path).keep([(digest_of(data), data, "n.txt", None)])
    (taken,) = desk.add([("n.txt", lambda: data)], now=NOW)

    assert taken.outcome == "new"


def test_the_same_thing_twice_in_one_intake_is_taken_once(desk: Desk) -> None:
    data = samples.SENTENCE.encode()
    taken = desk.add([("a.txt", lambda: data), ("b.txt", lambda: data)], now=NOW)

    assert [one.outcome for one in taken] == ["new", "known"]


def test_a_pattern_names_files_and_a_folder_those_that_can_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.pdf", "d.png", "sub/e.eml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    assert [file.name for file in files_under(tmp_path / "*.txt")] == ["a.txt", "b.txt"]
    assert [file.name for file in files_under(tmp_path)] == ["a.txt", "b.txt", "c.pdf", "e.eml"]
    assert files_under(tmp_path / "none-*") == ()


def test_a_mapping_is_named_or_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "wire.toml"
    file.write_text(samples.MAPPING, encoding="utf-8")
    (found,) = mappings_for(str(file))

    assert (found.name, found.text) == ("wire", ("body",))
    assert mappings_for("wire", (found,)) == (found,)
    with pytest.raises(UsageError, match="declared are wire"):
        mappings_for("other", (found,))
    file.write_text("text = 5", encoding="utf-8")
    with pytest.raises(FaultyInput, match="text: names no column"):
        mappings_for(str(file))


def test_an_address_is_fetched_by_the_rules_of_the_settings(desk: Desk) -> None:
    with serving(saying(samples.page(), Content_Type="text/html")) as site:
        url = f"http://127.0.0.1:{site.port}/2023/02/20/quay"
        with pytest.raises(FetchError, match="under \\[fetch\\] allow"):
            desk.page(url, on=NOW.date())
        (desk.path / "tocsin.toml").write_text(f'[fetch]\nallow = ["127.0.0.1:{site.port}"]', encoding="utf-8")
        addresses = ("http://10.0.0.1/", url)
        refused, taken = desk.add([(one, partial(desk.page, one, on=NOW.date())) for one in addresses], now=NOW)

    assert (refused.outcome, taken.outcome) == ("failed", "new")
    kept = desk.store.reports()[taken.report or ""]
    assert (kept.url, kept.retrieved, kept.published_how) == (url, NOW.date(), "address")


@pytest.mark.parametrize("settings", ["fetch = 5", "[fetch]\nallow = 5", '[fetch]\nallow = ["a b"]', "[fetch"])
def test_faulty_settings_of_fetching_are_told(desk: Desk, settings: str) -> None:
    (desk.path / "tocsin.toml").write_text(settings, encoding="utf-8")

    with pytest.raises(FaultyInput, match=r"tocsin\.toml"):
        desk.page("https://example.org/", on=NOW.date())


def test_echoes_are_looked_for_within_a_month_where_words_are_shared() -> None:
    days = {"new": date(2023, 2, 20), "same week": date(2023, 2, 17), "month before": date(2023, 1, 20)}
    days |= {"year before": date(2022, 2, 20), "later": date(2023, 6, 1), "other words": date(2023, 2, 19)}
    texts = dict.fromkeys(days, "He said the old quay is shut.") | {"other words": "The quay is shut, the old one."}
    reports = {key: Report(id=key, text=texts[key], published=Window.on(day)) for key, day in days.items()}
    reports["no day"] = Report(id="no day", text="Is THE OLD QUAY, is it?")
    near = nearby(Everything(reports, {}), {"new"})

    assert set(near.reports) == {"new", "same week", "month before", "no day"}


@pytest.mark.parametrize("few", [100, 1])
def test_of_what_was_erased_here_no_bytes_come_back(desk: Desk, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_FEW", few)
    data = samples.SENTENCE.encode()
    row = {"subject": digest_of(data), "kind": "report", "at": NOW, "by": "A", "why": "by order", "reports": "[]"}
    with desk.store._database.writing() as connection:
        connection.execute(insert(schema.tombstones).values(row))
    (taken,) = desk.add([("n.txt", lambda: data)], now=NOW)

    assert taken.outcome == "failed"
    assert "erased here" in taken.reason
    assert not [file for file in desk.path.rglob(f"{digest_of(data).removeprefix('sha256:')}*") if file.is_file()]


def test_of_what_is_erased_while_it_is_read_no_bytes_stay(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    data = samples.SENTENCE.encode()
    row = {"subject": digest_of(data), "kind": "report", "at": NOW, "by": "A", "why": "by order", "reports": "[]"}
    with desk.store._database.writing() as connection:
        connection.execute(insert(schema.tombstones).values(row))
    monkeypatch.setattr(type(desk.store), "extractor_of", lambda *_: None)
    (taken,) = desk.add([("n.txt", lambda: data)], now=NOW)

    assert (taken.outcome, taken.kept) == ("failed", False)
    assert not [file for file in desk.path.rglob(f"{digest_of(data).removeprefix('sha256:')}*") if file.is_file()]


def test_a_declared_name_that_stands_alone_on_a_first_line_is_the_outlet(desk: Desk) -> None:
    said = "Dockers met on the pier on February 18, a foreman said.\n"
    named, inside = f"NORHAVEN GAZETTE\n24 November 2022\n\n{said}", f"The Norhaven Gazette heard it.\n\n{said}"
    taken = desk.add([("named.txt", named.encode), ("inside.txt", inside.encode)], now=NOW)

    kept = desk.store.reports()
    assert [kept[one.report or ""].outlet for one in taken] == ["Norhaven Gazette", None]
