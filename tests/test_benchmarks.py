"""The benchmarks' own scorers, without the data: small texts of our own whose scores are known."""

from __future__ import annotations

import doctest
import importlib
import json
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.extraction import attribution, figures, floors, measure, misses, page, peers, tocsin  # noqa: E402
from benchmarks.extraction.run_all import FigureLine, QuotationLine, Results  # noqa: E402
from benchmarks.extraction.shapes import Attribution, Cost, Quantity, Score  # noqa: E402

TEXT = "The river will rise, the mayor said. Nobody should go out, she warned."
COST = Cost(cpu=2.0, wall=2.0, peak=100.0, tokens=10_000)
START = Cost(cpu=1.0, wall=1.0, peak=90.0, tokens=100)


def said(content: str, source: str, cue: str, text: str = TEXT) -> Attribution:
    def place(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),) if words else ()

    return Attribution(content=place(content), source=place(source), cue=cue)


RIVER = said("The river will rise", "the mayor", "said")
OUT = said("Nobody should go out", "she", "warned")


def number(*ends: float, unit: str = "mile", bound: str | None = "exact", change: str | None = None) -> Quantity:
    return Quantity(ends=ends, unit=unit, bound=bound, change=change)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.extraction", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ["attribution", "data", "figures", "measure", "shapes", "units"])
def test_the_examples_of_the_benchmark_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(f"benchmarks.extraction.{name}"))

    assert result.failed == 0


def test_help_needs_neither_data_nor_peers() -> None:
    done = run("--help")

    assert done.returncode == 0
    assert "--data DIR" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("--data", "no-such-folder")])
def test_without_the_data_the_benchmark_says_so_and_nothing_fails(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)

    assert done.returncode == 0
    assert done.stdout.startswith("skipped: ")


def test_an_empty_data_folder_gives_a_page_that_names_what_was_not_run(tmp_path: Path) -> None:
    done = run("--data", str(tmp_path), "--no-peers")

    assert done.returncode == 0
    assert "PolNeAR: its file is not in the data folder" in done.stdout
    assert "NewsQuant: its file is not in the data folder" in done.stdout


def test_what_is_wanted_scores_full_against_itself() -> None:
    assert attribution.match(TEXT, [RIVER, OUT], [OUT, RIVER]).score.f1 == 100


def test_another_voice_is_another_attribution() -> None:
    wrong = said("The river will rise", "she", "said")

    assert attribution.match(TEXT, [RIVER], [wrong]).score.right == 0


def test_half_of_the_content_is_enough_and_less_is_not() -> None:
    half, less = said("The river", "the mayor", "said"), said("rise", "the mayor", "said")

    assert attribution.match(TEXT, [RIVER], [half]).score.right == 1
    assert attribution.match(TEXT, [RIVER], [less]).score.right == 0


def test_saying_it_twice_costs_precision_only() -> None:
    score = attribution.match(TEXT, [RIVER], [RIVER, RIVER]).score

    assert (score.recall, score.precision) == (100, 50)


def test_a_wish_counts_among_all_attributions_but_not_among_speech() -> None:
    wish = said("Nobody should go out", "she", "wants")
    texts, gold = {"a": TEXT}, {"a": [RIVER, wish]}

    assert attribution.score(texts, gold, {"a": [RIVER]}, speech=True).f1 == 100
    assert attribution.score(texts, gold, {"a": [RIVER]}, speech=False).recall == 50


@pytest.mark.parametrize("cue", ["according to", "told reporters", "has denied", "statement", "asserting", "Warns"])
def test_words_of_speech_are_known(cue: str) -> None:
    assert attribution.is_speech(cue)


@pytest.mark.parametrize("cue", ["wants", "believes", "supports", "in", "essay", "notable", "misstated"])
def test_other_cues_are_no_speech(cue: str) -> None:
    assert not attribution.is_speech(cue)


def test_a_missing_unit_leaves_the_value_right() -> None:
    scores = figures.scores({"a": [number(5)]}, {"a": [number(5, unit="")]})

    assert (scores.value.f1, scores.unit.f1, scores.bound.f1) == (100, 0, 100)


def test_the_order_of_figures_does_not_matter_for_the_unit() -> None:
    gold = [number(2, unit="cat"), number(2, unit="dog")]

    assert figures.scores({"a": gold}, {"a": gold[::-1]}).unit.f1 == 100


def test_a_rise_is_not_a_number() -> None:
    gold = [number(5, bound=None, change="up")]

    assert figures.scores({"a": gold}, {"a": [number(5)]}).bound.f1 == 0
    assert figures.scores({"a": gold}, {"a": [number(5, bound="about", change="up")]}).bound.f1 == 100


@pytest.mark.parametrize(("gold", "mine"), [("dollar per barrel", "dollar"), ("hong kong dollar", "dollar")])
def test_what_a_price_is_per_and_whose_money_it_is_belong_to_the_unit(gold: str, mine: str) -> None:
    assert figures.scores({"a": [number(5, unit=gold)]}, {"a": [number(5, unit=mine)]}).unit.f1 == 0


def test_tocsin_s_claims_under_one_cue_are_one_attribution() -> None:
    voice = {"name": "mayor", "kind": "official", "span": [21, 30]}
    cue = {"text": "said", "span": [31, 35]}
    lines = [
        f'{{"text": "{TEXT}", "figures": []}}',
        *(
            f'{{"content": "", "span": {span}, "cue": {cue}, "chain": [{voice}]}}'.replace("'", '"')
            for span in ([0, 9], [10, 19])
        ),
        f'{{"content": "", "span": [37, 57], "cue": null, "chain": [{voice}]}}'.replace("'", '"'),
    ]
    ran = measure.Ran(status=0, said="", cost=COST)
    found = tocsin.attributions(tocsin.Output(reports=tocsin.parse(lines), ran=ran), {"a": TEXT})

    assert len(found["a"]) == 1
    assert attribution.match(TEXT, [RIVER], found["a"]).score.f1 == 100


def results(*, right: int, unit: int) -> Results:
    part = Score(right=right, offered=100, wanted=100)
    counted = figures.FigureScores(
        value=part,
        unit=Score(right=unit, offered=100, wanted=100),
        whole_unit=part,
        bound=part,
        bound_right=float(right),
    )
    everything = Results(sizes={"polnear": "", "newsquant": ""})
    everything.digests = {"polnear": "", "newsquant": ""}
    everything.quotations = [QuotationLine(system="Tocsin", speech=part, every=part, cost=COST, start=START, ours=True)]
    everything.figures = [FigureLine(system="Tocsin", scores=counted, cost=COST, start=START, ours=True, bounds=True)]
    return everything


def test_a_figure_below_its_floor_is_named(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(
        '[polnear]\nsha256 = ""\nspeech_f1 = 75\n[newsquant]\nsha256 = ""\nunit_f1 = 70\n', encoding="utf-8"
    )

    assert floors.below(results(right=90, unit=90), path) == []
    assert floors.below(results(right=90, unit=60), path) == ["newsquant: unit f1 60.0, floor 70"]


def test_other_data_than_those_of_the_floors_are_a_fault() -> None:
    assert all("not the data" in fault for fault in floors.below(results(right=100, unit=100)))
    assert len(floors.below(results(right=100, unit=100))) == 2


def test_every_floor_is_a_figure_that_is_measured() -> None:
    named = tomllib.loads(floors.FLOORS.read_text(encoding="utf-8"))
    found = floors.measured(results(right=1, unit=1))

    assert {part: set(rows) - {"sha256"} for part, rows in named.items()} == {p: set(f) for p, f in found.items()}


def test_the_page_says_where_tocsin_loses() -> None:
    setting = page.Setting(day=date(2022, 12, 2), machine="x", bound="free", repeat=1, extractor="rules")
    weak = page.render(results(right=80, unit=60), setting, [])

    assert "- value and unit, beside CQE as published: 60.0 against 85.6" in weak
    assert "beside People (PolNeAR's annotators): 80.0 against 92.5" in weak


def test_what_is_missed_and_what_is_wrong_are_listed_apart() -> None:
    found = [json.loads(line) for line in misses.of_quotations({"a": TEXT}, {"a": [RIVER]}, {"a": [OUT]})]

    assert [(one["kind"], one["content"]) for one in found] == [
        ("missed", ["The river will rise"]),
        ("wrong", ["Nobody should go out"]),
    ]


@pytest.mark.parametrize(
    ("mine", "kinds"),
    [
        ([number(5)], []),
        ([number(6)], ["missed", "not in the corpus"]),
        ([number(5, unit="cat", bound="about")], ["unit", "bound"]),
    ],
)
def test_each_fault_of_a_figure_is_named(mine: list[Quantity], kinds: list[str]) -> None:
    found = misses.of_figures({"a": "five miles"}, {"a": [number(5)]}, {"a": mine})

    assert [json.loads(line)["kind"] for line in found] == kinds


def test_a_peer_that_cannot_be_installed_is_skipped_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(peers.SkippedError, match="is not in the clone"):
        peers.gender_gap_rules(tmp_path, tmp_path / "made")


def test_a_command_that_does_nothing_takes_little_and_its_status_is_kept(tmp_path: Path) -> None:
    ballast = bytearray(80_000_000)
    ran = measure.run([sys.executable, "-S", "-c", "raise SystemExit(3)"], out=tmp_path / "out", count=7)

    assert ran.status == 3
    assert ran.cost.tokens == 7
    assert 1 < ran.cost.peak < len(ballast) / 1e6


def test_places_survive_the_changes_that_a_peer_asks_for() -> None:
    sys.path.insert(0, str(ROOT / "benchmarks" / "extraction" / "workers"))
    common = importlib.import_module("common")
    changed, origins = common.swap("''Yes,''\nshe said", list(range(16)), (("''", '"'), ("\n", ".\n ")))
    begin = changed.index("she")

    assert changed == '"Yes,".\n she said'
    assert common.back(origins, begin, begin + 3) == [9, 12]
