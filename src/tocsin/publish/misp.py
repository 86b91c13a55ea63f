"""A MISP event: claims as attributes under the tags of the Admiralty scale, the answer under estimative language.

Tags alone are given and never their numerical values: MISP's are lower bounds there, and stand at 50 for what cannot be
judged. The letter g is no grade of NATO's and is never given. Nothing is meant for detection.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence

from tocsin.model.claim import Claim
from tocsin.publish.exported import Exported
from tocsin.publish.handling import Caveat, Tlp, caveat
from tocsin.publish.safe import json_text, link, plain
from tocsin.publish.scales import MISP_CONFIDENCE, misp_likelihood
from tocsin.publish.words import NBSP, day, percent

_OURS = uuid.uuid5(uuid.NAMESPACE_OID, "tocsin")
_UNDEFINED, _ONGOING, _OWN_ORGANISATION = "4", "1", "0"

Json = Mapping[str, object]


def render(exported: Exported) -> str:
    """One event, unpublished and for the own organisation until somebody decides otherwise."""
    a, answer = exported.assessment, exported.assessment.answer
    stamp = str(int(exported.moment.timestamp()))
    marks = Caveat()
    for claim in exported.counted():
        marks = marks.joined(_caveat(exported, claim))
    tags = list(answer_tags(exported))
    if marks.level > Tlp.CLEAR:
        tags.append(f"tlp:{marks.level.label[4:].lower()}")
    told = [
        f"{answer.words.capitalize()} ({answer.yardstick}): {percent(answer.probability)} by {day(answer.by)}.",
        f"Confidence in this judgement: {a.confidence.level}.",
    ]
    if exported.withheld:
        told.append(f"{exported.withheld}.")
    event = {
        "uuid": _uuid(exported, "event", a.problem, str(a.as_of)),
        "info": f"{plain(a.question)} As of {a.as_of.isoformat()}",
        "date": a.as_of.isoformat(),
        "timestamp": stamp,
        "threat_level_id": _UNDEFINED,
        "analysis": _ONGOING,
        "distribution": _OWN_ORGANISATION,
        "published": False,
        "Orgc": {"name": plain(exported.producer), "uuid": _uuid(exported, "producer")},
        "Tag": [{"name": name} for name in tags],
        "Attribute": [
            *(_attribute(exported, f"answer {n}", line, kind="text") for n, line in enumerate(told)),
            *(attribute for claim in exported.counted() for attribute in _claim(exported, claim)),
        ],
    }
    return json_text({"Event": event}) + "\n"


def answer_tags(exported: Exported) -> Iterator[str]:
    """Likelihood and confidence, each in a tag of its own; no likelihood where the word is none of ICD 203's."""
    answer, level = exported.assessment.answer, exported.assessment.confidence.level
    likelihood = misp_likelihood(answer.words, answer.yardstick)
    if likelihood is not None:
        yield f'estimative-language:likelihood-probability="{likelihood}"'
    if level in MISP_CONFIDENCE:
        yield f'estimative-language:confidence-in-analytic-judgment="{level}"'


def _claim(exported: Exported, claim: Claim) -> Iterator[Json]:
    rating = exported.ratings.get(claim.id)
    report = exported.reports.get(claim.report)
    through = " → ".join(plain(voice.name) for voice in claim.chain)
    tags = [f'admiralty-scale:source-reliability="{rating.reliability.value.lower()}"'] if rating else []
    if rating and rating.credibility is not None:
        tags.append(f'admiralty-scale:information-credibility="{rating.credibility}"')
    marked = _caveat(exported, claim)
    handled = [f"tlp:{marked.level.label[4:].lower()}"] if marked != Caveat() else []
    kind = f"{claim.role.value}, {claim.polarity.value}, {claim.modality.value}"
    comment = f"{through}; {kind}; published {exported.published(claim).isoformat()}"
    yield _attribute(
        exported, f"claim {claim.id}", plain(claim.content), kind="text", comment=comment, tags=[*tags, *handled]
    )
    address = link(report.url) if report else None
    if address:
        told = f"of claim {claim.id}"
        yield _attribute(exported, f"link {claim.id}", address, kind="link", comment=told, tags=handled)


def _attribute(
    exported: Exported, name: str, value: str, *, kind: str, comment: str = "", tags: Sequence[str] = ()
) -> Json:
    return {
        "uuid": _uuid(exported, exported.assessment.problem, str(exported.assessment.as_of), name),
        "type": kind,
        "category": "External analysis",
        "value": value.replace(NBSP, " "),
        "comment": comment,
        "to_ids": False,
        "disable_correlation": True,
        "timestamp": str(int(exported.moment.timestamp())),
        "Tag": [{"name": tag} for tag in tags],
    }


def _caveat(exported: Exported, claim: Claim) -> Caveat:
    report = exported.reports.get(claim.report)
    return caveat(report.handling) if report else Caveat()


def _uuid(exported: Exported, *parts: str) -> str:
    return str(uuid.uuid5(_OURS, json.dumps([exported.producer, "misp", *parts])))
