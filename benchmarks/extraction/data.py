"""The two development sets, read from a folder of the user: neither may be redistributed, neither is kept here."""

from __future__ import annotations

import hashlib
import io
import json
import re
import tarfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.extraction.shapes import Attribution, Quantity, Range

POLNEAR = "polnear_dev.tar.xz"
NEWSQUANT = "newsquant_dev.json"
_SIGNS = {"=": "exact", "~": "about", ">": "at_least", "<": "at_most"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotations:
    """Texts by name, what is attributed in each, and the digest of the file."""

    texts: dict[str, str]
    wanted: dict[str, list[Attribution]]
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Sentences by name, their quantities, and the digest of the file."""

    texts: dict[str, str]
    wanted: dict[str, list[Quantity]]
    digest: str


def quotations(folder: Path) -> Quotations | None:
    """PolNeAR's articles with the first annotator's attributions, None where the file is not there."""
    path = folder / POLNEAR
    if not path.is_file():
        return None
    data = path.read_bytes()
    members: dict[str, str] = {}
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for member in archive.getmembers():
            handle = archive.extractfile(member) if member.isfile() else None
            if handle is not None:
                members[member.name] = handle.read().decode("utf-8")
    texts: dict[str, str] = {}
    wanted: dict[str, list[Attribution]] = {}
    for name in sorted(member for member in members if member.endswith(".txt")):
        stem = Path(name).stem
        notes = sorted(
            member for member in members if member.endswith(".ann") and Path(member).stem.rpartition("_")[0] == stem
        )
        if notes:
            texts[stem] = members[name]
            wanted[stem] = attributed(members[notes[0]], members[name])
    return Quotations(texts=texts, wanted=wanted, digest=hashlib.sha256(data).hexdigest())


def attributed(note: str, text: str) -> list[Attribution]:
    r"""The attributions of one file in brat's stand-off form; those without content are left out.

    >>> note = "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsays\nT3\tContent 9 11;12 14\tit is\n"
    >>> attributed(note + "E1\tAttribution:T9 Source:T1 Cue:T2 Content:T3\n", "Ann says it is")
    [Attribution(content=((9, 11), (12, 14)), source=((0, 3),), cue='says')]
    """
    spans: dict[str, list[Range]] = {}
    events: list[str] = []
    for line in note.splitlines():
        mark, _, rest = line.partition("\t")
        if mark.startswith("T"):
            places = rest.split("\t")[0].split(" ", 1)[1]
            spans[mark] = [(int(a), int(b)) for a, b in (place.split() for place in places.split(";"))]
        elif mark.startswith("E"):
            events.append(rest)
    found: list[Attribution] = []
    for event in events:
        roles: dict[str, list[Range]] = {"source": [], "cue": [], "content": []}
        for pair in event.split():
            role, _, mark = pair.partition(":")
            roles.get(role.rstrip("0123456789").lower(), []).extend(spans.get(mark, ()))
        if roles["content"]:
            cue = " ".join(text[first:stop] for first, stop in sorted(roles["cue"]))
            found.append(
                Attribution(content=tuple(sorted(roles["content"])), source=tuple(sorted(roles["source"])), cue=cue)
            )
    return found


def measured(folder: Path) -> Measured | None:
    """NewsQuant's sentences with their quantities, None where the file is not there."""
    path = folder / NEWSQUANT
    if not path.is_file():
        return None
    data = path.read_bytes()
    texts: dict[str, str] = {}
    wanted: dict[str, list[Quantity]] = {}
    for at, item in enumerate(json.loads(data)):
        name = f"{at:04d}"
        texts[name] = item["text"]
        wanted[name] = [gold_quantity(one) for one in item["quantities"]]
    return Measured(texts=texts, wanted=wanted, digest=hashlib.sha256(data).hexdigest())


def gold_quantity(item: dict[str, str]) -> Quantity:
    """One quantity of NewsQuant. Signs are dropped (the corpus uses them unevenly); "up" and "down" are a change.

    >>> gold_quantity({"value": "5.0-7.0", "change": "=", "unit": "miles", "normalized_unit": "mile"}).ends
    (5.0, 7.0)
    """
    ends = tuple(float(part) for part in re.findall(r"(?<!\d)\d+(?:\.\d+)?", item["value"].replace(",", "")))
    change = item["change"] if item["change"] in {"up", "down"} else None
    return Quantity(
        ends=ends,
        unit=item["normalized_unit"],
        of=item["unit"],
        bound=None if change else _SIGNS[item["change"]],
        change=change,
    )
