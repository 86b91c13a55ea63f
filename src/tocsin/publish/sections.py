"""The order in which a desk reads an assessment; every product follows it."""

from __future__ import annotations

from tocsin.publish.case import Case
from tocsin.publish.headline import ahead, answer, changes, confidence, own, timing
from tocsin.publish.reasons import against, figures, voices, why
from tocsin.publish.rest import method, uncovered, understood, watch
from tocsin.publish.rivals import actors, explanations
from tocsin.publish.steps import assumptions, deception
from tocsin.publish.story import Section

ORDER = (
    answer,
    ahead,
    own,
    confidence,
    timing,
    changes,
    why,
    against,
    deception,
    figures,
    explanations,
    actors,
    voices,
    watch,
    assumptions,
    uncovered,
    understood,
    method,
)


def sections(case: Case) -> tuple[Section, ...]:
    """The whole story, the answer first; a part that the problem declares nothing for is left out."""
    return tuple(section for part in ORDER if (section := part(case)).blocks)
