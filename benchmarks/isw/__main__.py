"""The institute's daily reports on the worked desk: a sentence repeated for weeks, and the curve of a season.

The reports are under its copyright: give them with --data, and nothing of their text is written anywhere but into the
desk that this makes. It is a JSON Lines file with ``date``, ``title`` and ``text``.

    python -m benchmarks.isw --data reports.jsonl --out DIR [--desk DIR]

Into ``--out`` go ``curve.csv``, one row a day, and ``curve.svg``, with what the institute judged (wording.toml, in our
own words). A desk that is there already is used as it is.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path

import vl_convert

from tocsin.desk import Desk, Linkage
from tocsin.infer.actors import informed
from tocsin.infer.case import Case, build, percent
from tocsin.model.assessment import Assessment
from tocsin.model.evidence import Evidence
from tocsin.model.time import Window
from tocsin.publish.season import curve
from tocsin.publish.tables import render

FIRST, LAST = date(2022, 11, 20), date(2023, 1, 8)
STAFF, GROUPS = "general-staff", "strike-groups"
NOW = datetime(2023, 1, 9, tzinfo=UTC).replace(tzinfo=None)
MOVED = 0.15
WORDING = Path(__file__).parent / "wording.toml"


def new_desk(folder: Path, data: Path) -> Desk:
    """A fresh desk with the worked problem and sources, and the reports taken in under their days."""
    if (folder / "tocsin.db").exists():
        return Desk(folder)
    shipped = files("tocsin.examples") / "northern-front"
    (folder / "problems").mkdir(parents=True, exist_ok=True)
    for name in ("sources.toml", "problems/northern-front.toml"):
        shutil.copy(Path(str(shipped / name)), folder / name)
    desk = Desk(folder)
    claims = 0
    for line in data.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        text = f"{report['title']}\n\n{report['text']}".encode()
        day = date.fromisoformat(report["date"])
        item = (f"{day}.txt", partial(bytes, text))
        taken = desk.add([item], now=NOW, published=Window.on(day), backfill=True, outlet="isw", lang="en")
        claims += sum(one.claims for one in taken)
    print(f"taken in: {claims} claims")
    return desk


def denials(found: Linkage) -> list[Evidence]:
    """The General Staff's statements that no strike groups are being formed, oldest first."""
    items = [one for one in found.linked.evidence if (one.source, one.indicator) == (STAFF, GROUPS)]
    return sorted((one for one in items if one.says == "absent"), key=lambda one: (one.published, one.about, one.id))


def repetition(desk: Desk) -> None:
    """Print what the repeated sentence weighs beside one of it alone."""
    found = desk.linkage(as_of=LAST)
    case = build(informed(found.problem, as_of=LAST), found.linked.evidence, as_of=LAST)
    said = denials(found)
    print(f"\n{len(said)} statements of the General Staff that it sees no strike groups, as of {LAST}\n")
    print("| what is kept of them | within 30 days | log-odds against none of them |")
    print("|---|---|---|")
    nothing = case.without(said)
    rows = [("none", said), ("the last one alone", said[:-1]), ("the last seven", said[:-7]), ("all", [])]
    for name, gone in rows:
        left = _without(case, found, gone)
        log_odds = left.odds(left.posterior)
        chance = left.posterior.event_within(30)
        print(f"| {name} | {percent(chance)} | {log_odds - nothing.log_odds:+.4f} |")
    alone = _without(case, found, said[:-1])
    with_all = case.odds(case.posterior) - nothing.log_odds
    with_one = alone.odds(alone.posterior) - nothing.log_odds
    print(f"\nall together weigh as much as {with_all / with_one:.2f} of the last one")
    for echo in desk.assess(as_of=LAST, now=NOW).assessment.echoes:
        if set(echo.claims) & {one.claim for one in said}:
            print(f"the assessment counts {len(echo.claims)} of {echo.origin} as {echo.counted_as:.2f}")


def _without(case: Case, found: Linkage, gone: Sequence[Evidence]) -> Case:
    out = {one.id for one in gone}
    kept = [one for one in found.linked.evidence if one.id not in out]
    return build(case.problem, kept, as_of=case.as_of)


def replayed(desk: Desk) -> Iterator[Assessment]:
    """The assessment of each day."""
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    for found in desk.history.replay(days=days, now=NOW):
        yield found.assessment


def said() -> dict[date, str]:
    """What the institute judged, by day."""
    return {one["day"]: one["words"] for one in tomllib.loads(WORDING.read_text(encoding="utf-8"))["said"]}


def write(assessments: Sequence[Assessment], folder: Path) -> None:
    """Write the curve as CSV and as a picture."""
    folder.mkdir(parents=True, exist_ok=True)
    words = said()
    rows = list(csv.DictReader(render(curve(assessments), form="csv").splitlines()))
    with (folder / "curve.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "institute"], lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "institute": words.get(date.fromisoformat(row["as_of"]), "")} for row in rows)
    points = [
        {"day": one.as_of.isoformat(), "chance": step.probability, "low": step.low, "high": step.high, "within": name}
        for one in assessments
        for step in one.answer.rolling
        if (name := {30: "30 days", 90: "90 days"}.get(step.days)) is not None
    ]
    marks = [{"day": day.isoformat(), "n": str(n), "words": text} for n, (day, text) in enumerate(words.items(), 1)]
    (folder / "curve.svg").write_text(vl_convert.vegalite_to_svg(_picture(points, marks)), encoding="utf-8")


def _picture(points: Sequence[Mapping[str, object]], marks: list[dict[str, str]]) -> dict[str, object]:
    x = {"field": "day", "type": "temporal", "title": None}
    y = {
        "field": "chance",
        "type": "quantitative",
        "title": "chance of an attack from Belarus",
        "axis": {"format": "%"},
    }
    band = [point for point in points if point["within"] == "30 days" and point["low"] is not None]
    legend = "\n".join(f"{mark['n']}  {mark['day'][5:]}  {mark['words']}" for mark in marks)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 720,
        "height": 300,
        "title": {
            "text": legend.split("\n"),
            "anchor": "start",
            "orient": "bottom",
            "fontWeight": "normal",
            "fontSize": 11,
        },
        "layer": [
            {
                "data": {"values": band},
                "mark": {"type": "area", "opacity": 0.15},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": points},
                "mark": {"type": "line", "interpolate": "step-after"},
                "encoding": {"x": x, "y": y, "strokeDash": {"field": "within", "type": "nominal", "title": "within"}},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "rule", "opacity": 0.4},
                "encoding": {"x": x},
            },
            {
                "data": {"values": marks},
                "mark": {"type": "text", "dx": 7, "baseline": "top"},
                "encoding": {"x": x, "y": {"value": 4}, "text": {"field": "n"}},
            },
        ],
    }


def moves(assessments: Sequence[Assessment], desk: Desk) -> None:
    """Print the days on which claims moved the answer, with what they were taken for and never with their words."""
    items = {one.claim: one for one in desk.linkage(as_of=LAST).linked.evidence}
    print("\n| day | within 30 days | what moved it (log-odds) |")
    print("|---|---|---|")
    for one in assessments:
        shown = [moved for change in one.changes for moved in change.moved if abs(moved.log_odds) >= MOVED]
        if shown:
            chance = next(step.probability for step in one.answer.rolling if step.days == 30)
            told = "; ".join(
                f"{moved.indicator} {moved.log_odds:+.2f}"
                f" ({', '.join(sorted({f'{items[c].source} {items[c].says}' for c in moved.claims if c in items}))})"
                for moved in shown
            )
            print(f"| {one.as_of} | {percent(chance)} | {told} |")


def main() -> None:
    """Take in, measure, replay, draw."""
    parser = argparse.ArgumentParser(prog="benchmarks.isw", description="Daily reports on the worked desk.")
    parser.add_argument("--data", type=Path, required=True, help="the reports as JSON Lines")
    parser.add_argument("--out", type=Path, required=True, help="where curve.csv and curve.svg go")
    parser.add_argument("--desk", type=Path, help="where the desk is made; a folder that is thrown away if left out")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as passing:
        desk = new_desk(given.desk or Path(passing) / "desk", given.data)
        repetition(desk)
        assessments = list(replayed(desk))
        write(assessments, given.out)
        moves(assessments, desk)
        desk.close()


if __name__ == "__main__":
    main()
