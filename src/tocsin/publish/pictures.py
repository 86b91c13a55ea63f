"""Pictures as inline SVG: the curves of the answer and the density of each figure.

Colours are written as names of the page's own variables, so that one picture serves light, dark and paper. Each
picture is drawn twice, wide and narrow, because letters shrunk to a phone cannot be read.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from tocsin.model.assessment import Assessment, FigureResult, ScenarioResult
from tocsin.publish.case import Case, cut
from tocsin.publish.readings import told_once
from tocsin.publish.safe import plain
from tocsin.publish.words import NBSP, day, number, percent, quantity

WIDE, NARROW = 760, 340
LONGEST_VIEW = 120
NEEDED, TRIED = "needed", "might try"
_TAG = re.compile("<[^>]*>")
_ID = re.compile(r' id="([^"]+)"')
INKS = ("#0a0a01", "#0a0a02", "#0a0a03", "#0a0a04", "#0a0a05", "#0a0a06")
INK, FAINT, *LINES = INKS
VARIABLES = dict(zip(INKS, ("ink", "faint", "line-a", "line-b", "line-c", "line-d"), strict=True))
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])

Json = Mapping[str, object]
_Spec = Callable[[int], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture in two widths, with the words that say the same to whoever cannot see it."""

    wide: str
    narrow: str
    told: str


def curves(assessment: Assessment) -> Drawing | None:
    """Chance that the event has begun, day by day, for each course that counts; None where there is no curve."""
    courses = [course for course in assessment.scenarios if course.event and course.curve]
    if not courses:
        return None
    told = "; ".join(
        f"{plain(course.id)}: {percent(_until(course, assessment.answer.by))} by {day(assessment.answer.by)}"
        for course in courses
    )
    told = f"Chance that the event has begun, by day. {told}. Together {percent(assessment.answer.probability)}."
    return _draw(lambda width: _curves(assessment, courses, width), told)


def _until(course: ScenarioResult, last: date) -> float:
    return max((chance for when, chance in course.curve if when <= last), default=0.0)


def _curves(a: Assessment, courses: Sequence[ScenarioResult], width: int) -> Json:
    end = a.as_of + timedelta(days=min(LONGEST_VIEW, max(90, (a.answer.by - a.as_of).days)))
    names = [plain(course.id) for course in courses]
    rows = [
        {"day": _stamp(when), "chance": chance, "course": plain(course.id)}
        for course in courses
        for when, chance in course.curve
        if when <= end
    ]
    if len(courses) > 1:
        names.append("together")
        sums: dict[date, float] = {}
        for course in courses:
            for when, chance in course.curve:
                sums[when] = sums.get(when, 0.0) + chance
        rows += [{"day": _stamp(d), "chance": p, "course": "together"} for d, p in sorted(sums.items()) if d <= end]
    bands = [
        {"day": _stamp(when), "low": low, "high": high}
        for when, low, high in (
            *((a.as_of + timedelta(days=step.days), step.low, step.high) for step in a.answer.rolling),
            (a.answer.by, a.answer.low, a.answer.high),
        )
        if low is not None and high is not None and a.as_of < when <= end
    ]
    first = [
        {"day": _stamp(course.p05_date), "course": plain(course.id), "chance": 0}
        for course in courses
        if course.p05_date is not None and course.p05_date <= end
    ]
    top = max([0.001, *(r["chance"] for r in rows if isinstance(r["chance"], float)), *(b["high"] for b in bands)])
    alarms = [
        {"alarm": d.alarm, "who": f"alarm: {cut(plain(d.who), 24)}"} for d in a.decisions if d.alarm <= 1.15 * top
    ]
    latest = [{"day": _stamp(d.latest), "chance": 0} for d in a.decisions if a.as_of <= d.latest <= end]
    ceiling = max([top * 1.05, *(float(str(alarm["alarm"])) * 1.1 for alarm in alarms)])
    x: Json = {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [_stamp(a.as_of), _stamp(end)]},
        "axis": {
            "title": None,
            "labelExpr": "utcFormat(datum.value, '%-d %b')",
            "grid": False,
            "tickCount": 8 if width > NARROW else 4,
            "labelOverlap": "greedy",
            "labelSeparation": 14,
        },
    }
    y: Json = {
        "field": "chance",
        "type": "quantitative",
        "scale": {"domain": [0, min(1.0, ceiling)]},
        "axis": {"title": None, "tickCount": 5, "labelExpr": "format(100 * datum.value, '~g') + ' %'"},
    }
    colours = [LINES[n % 3] for n in range(len(courses))] + ([INK] if len(courses) > 1 else [])
    dashes = [DASHES[n % 3 + 1] if len(courses) > 1 else DASHES[0] for n in range(len(courses))]
    dashes += [DASHES[0]] if len(courses) > 1 else []
    legend: Json = {
        "orient": "top",
        "title": None,
        "symbolType": "stroke",
        "columns": 1 if width <= NARROW else 3,
        "columnPadding": 24,
    }
    hue: Json = {"field": "course", "type": "nominal", "scale": {"domain": names, "range": colours}, "legend": legend}
    dash: Json = {"field": "course", "type": "nominal", "scale": {"domain": names, "range": dashes}, "legend": legend}
    by = [{"day": _stamp(a.answer.by), "label": f"by {a.answer.by.day} {a.answer.by:%b}"}]
    layers: list[Json] = [
        {
            "data": {"values": bands},
            "mark": {"type": "bar", "size": 7, "color": FAINT, "opacity": 0.45, "cornerRadius": 2},
            "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 2, "clip": True},
            "encoding": {"x": x, "y": y, "color": hue, "strokeDash": dash},
        },
        {
            "data": {"values": first},
            "mark": {"type": "point", "shape": "triangle-up", "filled": True, "size": 70, "yOffset": -4, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": {**hue, "legend": None}},
        },
    ]
    if latest:
        layers.append(
            {
                "data": {"values": latest},
                "mark": {
                    "type": "point",
                    "shape": "diamond",
                    "filled": True,
                    "size": 80,
                    "color": LINES[3],
                    "opacity": 1,
                },
                "encoding": {"x": x, "y": y},
            }
        )
    if a.as_of < a.answer.by <= end:
        rule: Json = {"x": {**x, "field": "day"}}
        side: Json = (
            {"align": "right", "dx": -5}
            if (a.answer.by - a.as_of).days * 2 > (end - a.as_of).days
            else {
                "align": "left",
                "dx": 5,
            }
        )
        layers += [
            {"data": {"values": by}, "mark": {"type": "rule", "color": INK, "strokeDash": [1, 3]}, "encoding": rule},
            {
                "data": {"values": by},
                "mark": {"type": "text", "baseline": "top", "color": INK, "fontWeight": "bold", **side},
                "encoding": {**rule, "y": {"value": 2}, "text": {"field": "label"}},
            },
        ]
    if alarms:
        height: Json = {**y, "field": "alarm"}
        layers += [
            {
                "data": {"values": alarms},
                "mark": {"type": "rule", "color": LINES[3], "strokeDash": [4, 2]},
                "encoding": {"y": height},
            },
            {
                "data": {"values": alarms},
                "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 4, "dy": -2, "color": LINES[3]},
                "encoding": {"y": height, "x": {"value": 0}, "text": {"field": "who"}},
            },
        ]
    return {"width": width - 64, "height": 230 if width > NARROW else 200, "layer": layers}


def density(case: Case, entries: Sequence[FigureResult]) -> Drawing | None:
    """How the readings of one figure pool, against what each course needs; None where nothing was pooled."""
    first = entries[0]
    if len(first.density) < 3 or first.median is None:
        return None
    told = (
        f"{plain(first.of)}: pooled about {number(first.median)}, "
        f"{number(first.low)} to {number(first.high)} from the 5 % to the 95 % point. "
        + " ".join(
            f"{case.statement(entry.scenario)} needs {quantity(*entry.need)}." for entry in entries if entry.need
        )
    )
    return _draw(lambda width: _density(case, entries, width), told)


def _density(case: Case, entries: Sequence[FigureResult], width: int) -> Json:
    first = entries[0]
    top = max(x * p for x, p in first.density)
    rows = [{"x": x, "p": x * p / top} for x, p in first.density if x > 0 and top > 0]
    seen = [row["x"] for row in rows if row["p"] > 0.01]
    spans = _spans(entries)
    long = 30 if width > NARROW else 26
    holdings = [told.reading for told in told_once(case, first.readings) if told.reading.role == "holding"]
    marks = [value for reading in holdings for value in (reading.low, reading.high) if value is not None and value > 0]
    ends = [value for span in spans for value in (span.low, span.high) if value > 0]
    low, high = min([*seen, *marks, *ends]) * 0.85, max([*seen, *marks, *ends]) * 1.15
    readings = [
        {
            "low": max(reading.low or low, low),
            "high": reading.high or high,
            "who": f"{n}. {cut(_who(case, reading.claim, reading.source), long)}",
        }
        for n, reading in enumerate(holdings, 1)
    ]
    points = [
        {"x": value, "who": row["who"]}
        for reading, row in zip(holdings, readings, strict=True)
        for value in dict.fromkeys((reading.low, reading.high))
        if value is not None and value > 0
    ]
    axis: Json = {
        "title": None,
        "labelExpr": "format(datum.value, ',~r')",
        "grid": False,
        "labelOverlap": "greedy",
        "labelSeparation": 14,
        "tickCount": 8 if width > NARROW else 4,
    }
    x: Json = {"field": "x", "type": "quantitative", "scale": {"type": "log", "domain": [low, high]}, "axis": axis}
    inner = width - 235 if width > NARROW else width - 190
    area: Json = {
        "width": inner,
        "height": 120,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "area", "color": FAINT, "opacity": 0.6, "clip": True, "line": {"color": INK}},
                "encoding": {"x": x, "y": {"field": "p", "type": "quantitative", "axis": None}},
            },
            {
                "data": {"values": [{"x": first.median}]},
                "mark": {"type": "rule", "color": INK, "strokeDash": [1, 3]},
                "encoding": {"x": x},
            },
        ],
    }
    bars = [{"who": cut(f"{span.what}: {span.course}", long), **asdict(span)} for span in spans]
    hue: Json = {
        "field": "what",
        "type": "nominal",
        "scale": {"domain": [NEEDED, TRIED], "range": [LINES[0], LINES[1]]},
        "legend": None,
    }
    line: Json = {
        "field": "who",
        "type": "nominal",
        "sort": [*(row["who"] for row in readings), *(bar["who"] for bar in bars)],
        "axis": {"title": None, "labelLimit": 220, "domain": False, "ticks": False},
    }
    span: Json = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": line}
    strip: Json = {
        "width": inner,
        "height": {"step": 20},
        "data": {"values": readings},
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "height": 9, "opacity": 0.75},
                "encoding": {**span, "color": hue},
            },
            {"mark": {"type": "rule", "color": INK, "strokeWidth": 3}, "encoding": span},
            {
                "data": {"values": points},
                "mark": {"type": "point", "filled": True, "size": 70, "color": INK, "opacity": 1},
                "encoding": {"x": x, "y": line},
            },
        ],
    }
    return {"vconcat": [area, strip] if readings else [area], "spacing": 6}


@dataclass(frozen=True, slots=True)
class _Span:
    what: str
    course: str
    low: float
    high: float


def _spans(entries: Sequence[FigureResult]) -> list[_Span]:
    return [
        _Span(what, plain(entry.scenario), *pair)
        for entry in entries
        for what, pair in ((NEEDED, entry.need), (TRIED, entry.attempt))
        if pair is not None
    ]


def _who(case: Case, claim: str | None, source: str) -> str:
    rating = case.ratings.get(claim) if claim else None
    return plain(rating.source_name) if rating else case.source_name(source)


def _stamp(value: date) -> int:
    return int(datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000)


def _draw(spec: _Spec, told: str) -> Drawing:
    return Drawing(wide=_svg(spec(WIDE)), narrow=_svg(spec(NARROW)), told=told.replace(NBSP, " "))


def _svg(spec: Json) -> str:
    """One picture as SVG that fits its column, loads nothing, and takes its colours and letters from the page."""
    import vl_convert

    styled: Json = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": None,
        "padding": {"left": 22, "right": 4, "top": 2, "bottom": 2},
        "config": {
            "aria": False,
            "view": {"stroke": None},
            "font": "sans-serif",
            "axis": {
                "labelColor": INK,
                "labelFontSize": 12,
                "domainColor": FAINT,
                "tickColor": FAINT,
                "gridColor": FAINT,
                "gridOpacity": 0.35,
            },
            "legend": {"labelColor": INK, "labelFontSize": 12, "labelLimit": 260},
            "text": {"fontSize": 12},
        },
        **spec,
    }
    drawn: str = vl_convert.vegalite_to_svg(dict(styled), allowed_base_urls=[])
    own = hashlib.sha256(json.dumps(styled, sort_keys=True).encode()).hexdigest()[:8]
    names = {name: f"{own}-{place}" for place, name in enumerate(dict.fromkeys(_ID.findall(drawn)))}
    return _TAG.sub(lambda tag: _tag(tag[0], names), drawn)


def _tag(tag: str, names: Mapping[str, str]) -> str:
    """One tag: colours by name, names of its own, no letters of its own, no more decimals than a screen can show."""
    for ink, variable in VARIABLES.items():
        tag = tag.replace(f'"{ink}"', f'"var(--{variable})"')
    tag = re.sub(r' (?:font-family|role|class|pointer-events|xmlns:xlink|version)="[^"]*"', "", tag)
    for name, own in names.items():
        tag = tag.replace(f'id="{name}"', f'id="{own}"').replace(f"url(#{name})", f"url(#{own})")
    tag = re.sub(r"(\d\.\d\d)\d+", r"\1", tag)
    return tag.replace("<svg ", '<svg aria-hidden="true" ', 1)
