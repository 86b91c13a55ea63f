"""What was read out of a report: as JSON Lines for other programs, as a table for people."""

from __future__ import annotations

from collections import Counter

from tocsin.model.claim import Claim, Extraction, Figure, Modality, PlaceMention, Polarity, When
from tocsin.model.report import Report, Voice
from tocsin.model.time import Window
from tocsin.publish.lines import table as columns
from tocsin.publish.lines import wrap
from tocsin.publish.safe import json_line, plain
from tocsin.publish.words import plural, quantity, short

SCHEMA = 1


def jsonl(report: Report, found: Extraction, *, with_text: bool = False, figures: bool = False) -> str:
    """One claim a line, each line ended; a header line with the report comes first if asked for.

    Args:
        report: The report as read.
        found: Its claims.
        with_text: Whether to begin with a header that carries the text which all offsets count in.
        figures: Whether that header also carries every figure of the text; it implies the header.
    """
    lines = [header_json(report, found, figures=figures)] if with_text or figures else []
    lines += [claim_json(claim) for claim in found.claims]
    return "".join(f"{json_line(line)}\n" for line in lines)


def header_json(report: Report, found: Extraction, *, figures: bool = False) -> dict[str, object]:
    """The report itself: title, day or days of publication, language, text."""
    head: dict[str, object] = {
        "schema": SCHEMA,
        "report": report.id,
        "title": report.title,
        "published": _window(report.published),
        "lang": report.lang,
        "text": report.text,
        "outlet": report.outlet,
        "url": report.url,
        "published_how": report.published_how,
        "published_confidence": report.published_confidence.value,
        "cited": report.cited,
    }
    if figures:
        head["figures"] = [figure_json(figure) for figure in found.figures]
    return head


def claim_json(claim: Claim) -> dict[str, object]:
    """A claim as other programs read it; ``parts`` stands only where the content is discontinuous."""
    out: dict[str, object] = {
        "schema": SCHEMA,
        "id": claim.id,
        "report": claim.report,
        "span": list(claim.span),
        "sentence": list(claim.sentence),
        "content": claim.content,
        "cue": {"text": claim.cue.text, "span": list(claim.cue.span)} if claim.cue else None,
        "chain": [_voice(voice) for voice in claim.chain],
        "attribution": claim.attribution.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "role": claim.role.value,
        "hedge": claim.hedge,
        "weight": claim.weight,
        "figures": [figure_json(figure) for figure in claim.figures],
        "when": _when(claim.when),
        "places": [_place(place) for place in claim.places],
        "extractor": claim.extractor,
    }
    if claim.parts:
        out["parts"] = [list(part) for part in claim.parts]
    if claim.because:
        out["because"] = list(claim.because)
    return out


def figure_json(figure: Figure) -> dict[str, object]:
    """A figure as other programs read it; whole numbers are written without a decimal point."""
    return {
        "text": figure.text,
        "low": _whole(figure.low),
        "high": _whole(figure.high),
        "bound": figure.bound.value,
        "unit": figure.unit,
        "of": figure.of,
        "change": figure.change.value if figure.change else None,
        "span": list(figure.span),
        "per": figure.per,
    }


def _voice(voice: Voice) -> dict[str, object]:
    return {"name": voice.name, "kind": voice.kind.value, "span": list(voice.span) if voice.span else None}


def _when(when: When | None) -> dict[str, object] | None:
    if when is None:
        return None
    return {
        "text": when.text,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
    }


def _place(place: PlaceMention) -> dict[str, object]:
    return {
        "text": place.text,
        "name": place.name,
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "span": list(place.span),
    }


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) and abs(value) < 1e15 else value


def _window(window: Window | None) -> str | None:
    if window is None or (window.earliest is None and window.latest is None):
        return None
    first = window.earliest.isoformat() if window.earliest else ".."
    last = window.latest.isoformat() if window.latest else ".."
    return first if first == last else f"{first}/{last}"


def table(report: Report, found: Extraction, *, width: int = 100) -> str:
    """The claims of one report side by side: who, what kind of saying, the words, the figures."""
    published = _window(report.published) or "undated"
    about = ", ".join(plain(word) for word in (report.outlet or "", published, report.lang or "") if word)
    lines = wrap(plain(report.title or "without a title"), width)
    lines += wrap(f"{about}. {short(report.id)}", width)
    lines += wrap(
        f"{plural(len(found.claims), 'claim')}, {plural(len(found.figures), 'figure')}, "
        f"{plural(len(found.not_understood), 'passage')} that could not be turned into claims.",
        width,
    )
    if found.claims:
        lines += [
            "",
            *columns(("who", "how", "says", "figures"), [_row(claim) for claim in found.claims], width, indent=""),
        ]
    if found.not_understood:
        lines += ["", "Not understood:"]
        reasons = Counter(plain(missed.reason) for missed in found.not_understood)
        for reason, count in reasons.most_common():
            lines += wrap(f"{plural(count, 'passage')}: {reason}", width, first="  · ", indent="    ")
    return "\n".join(lines) + "\n"


def _row(claim: Claim) -> tuple[str, str, str, str]:
    who = plain(claim.origin.name)
    through = [plain(voice.name) for voice in claim.chain[:-1]]
    carried = f", through {', '.join(through)}" if through else ""
    how = [claim.role.value]
    if claim.polarity is Polarity.DENIED:
        how.append("denied")
    if claim.modality is not Modality.ASSERTED:
        how.append(claim.modality.value.replace("_", " "))
    if claim.hedge:
        how.append(f"“{plain(claim.hedge)}”")
    return (
        f"{who}{carried}",
        ", ".join(how),
        plain(claim.content),
        "; ".join(_figure(figure) for figure in claim.figures),
    )


def _figure(figure: Figure) -> str:
    told = quantity(figure.low, figure.high, bound=figure.bound.value)
    sign = f"({figure.change.value})" if figure.change else ""
    words = (told, figure.unit or "", sign)
    counted = f": {plain(figure.of)}" if figure.of else ""
    return " ".join(word for word in words if word) + counted
