"""Running plans of simulated worlds: resumable, cut lines survived, tables made of what is there."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.worlds import plans, tables
from benchmarks.worlds.bridge import Method, core_answer, core_answers
from benchmarks.worlds.draw import world
from benchmarks.worlds.family import Family
from benchmarks.worlds.page import TITLES, page
from benchmarks.worlds.run import Folder, run

BASE = plans.GROUPS["base"]()[0]


def test_a_run_goes_on_where_it_was_cut_and_answers_nothing_twice(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    run(BASE, folder, worlds=2, seed=1, told=print)
    first = folder.core(BASE).read_text(encoding="utf-8")
    folder.core(BASE).write_text(first + '{"key": "3 pri', encoding="utf-8")
    run(BASE, folder, worlds=2, seed=1, told=print)

    assert folder.core(BASE).read_text(encoding="utf-8") == first + '{"key": "3 pri'
    assert len(next(iter(tables.answers(BASE, folder).values()))) == 2


def test_the_page_shows_the_plans_that_were_run_and_no_others(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    run(BASE, folder, worlds=12, seed=1, told=print)
    shown = page({name: make() for name, make in plans.GROUPS.items()}, folder, arguments="--worlds 12 --seed 1")

    assert TITLES["base"] in shown
    assert TITLES["echo70"] not in shown
    assert "| ideal |" in shown


def test_every_plan_has_a_title_and_an_id_of_its_own() -> None:
    every = [plan.id for make in plans.GROUPS.values() for plan in make()]

    assert len(set(every)) == len(every)
    assert {name for name in every if not name.startswith("fault-")} == set(TITLES)
    assert sum(name.startswith("fault-") for name in every) == 2 ** len(plans.FAULTS)


def test_settings_asked_together_answer_as_they_do_alone() -> None:
    w = world(Family(), 4)
    methods = {"core": Method(), "quiet": Method(settings="blanket_echo = 0"), "prior": Method(evidence=False)}
    together = core_answers(w, methods)

    for name, method in methods.items():
        assert together[name].within(90) == core_answer(w, method).within(90)
