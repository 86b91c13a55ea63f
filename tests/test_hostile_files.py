"""More than two hundred hostile files in one batch: none stops it, outlasts its limit, or leaves the desk."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from tests.hostile_inputs import inputs
from tests.reading import samples

from tocsin.desk import Desk, Taken
from tocsin.read import parse_columns

NOW = datetime(2023, 3, 1)  # noqa: DTZ001 - the store's moments are UTC without a zone
GOOD = "The last of all files is sound, an official said on 2 December 2022."
FILES = inputs()


@pytest.fixture(scope="module")
def batch(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[Taken]]]:
    """All of them taken into a desk by two workers, and what became of each."""
    around = tmp_path_factory.mktemp("around")
    folder = Path(shutil.copytree(filled, around / "inner" / "desk"))
    desk = Desk(folder)
    given = [*((name, data.__bytes__) for name, data in FILES.items()), ("good.txt", GOOD.encode().__bytes__)]
    taken = desk.add(given, now=NOW, mappings=parse_columns(samples.MAPPING, file="m"), workers=2)
    desk.close()
    found: dict[str, list[Taken]] = {name: [] for name, _ in given}
    for one in taken:
        stem = max((name for name in found if one.name.startswith(name.removesuffix(".gz"))), key=len)
        found[stem].append(one)
    return around, found


def test_there_are_more_than_two_hundred() -> None:
    assert len(FILES) > 200


@pytest.mark.parametrize("name", list(FILES))
def test_a_hostile_file_ends_in_words(name: str, batch: tuple[Path, dict[str, list[Taken]]]) -> None:
    _, found = batch
    told = found[name]

    assert told
    for one in told:
        assert one.name.isprintable()
        assert "this program fails" not in one.reason
        assert "crash" not in one.reason
        assert "was stopped" not in one.reason
        if one.outcome == "failed":
            assert one.reason.endswith(")"), "a reason without a cure"


def test_the_sound_file_after_them_is_taken_in(batch: tuple[Path, dict[str, list[Taken]]]) -> None:
    assert [one.outcome for one in batch[1]["good.txt"]] == ["new"]


def test_nothing_lies_outside_the_desk_or_under_a_strange_name(batch: tuple[Path, dict[str, list[Taken]]]) -> None:
    around, _ = batch
    desk = around / "inner" / "desk"

    assert [path for path in around.rglob("*") if path.is_file() and desk not in path.parents] == []
    for folder in ("reports", "failed"):
        for file in (desk / folder).iterdir():
            stem, _, suffix = file.name.partition(".")
            assert len(stem) == 64
            assert set(stem) <= set("0123456789abcdef")
            assert suffix.isalnum() or suffix == ""
            assert not file.is_symlink()


def test_what_was_kept_of_them_says_nothing_to_a_terminal(batch: tuple[Path, dict[str, list[Taken]]]) -> None:
    """Names and titles are clean as they are; words of a text are cleaned where they are shown."""
    around, _ = batch
    desk = Desk(around / "inner" / "desk")
    for report in desk.store.reports().values():
        for words in (report.title, report.outlet, report.author, report.url, report.cited):
            assert words is None or words.isprintable()
        assert "root:" not in report.text
    desk.close()
