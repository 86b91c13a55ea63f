"""What people signed and recorded on a problem, beside the model's answer and never mixed into it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tocsin.model.assessment import RecordedOutcome, Signed
from tocsin.model.log import Issued
from tocsin.model.outcome import Forecast, Outcome

MOST = 5


def signed(
    issued: Iterable[Issued], forecasts: Iterable[Forecast], *, as_of: date, known_by: date | None
) -> tuple[Signed, ...]:
    """Each signer's last own words on a problem as of a day, the newest first; who signed without a word is left out.

    A probability stands beside the words with which it was given, or after which; not beside later ones.

    Args:
        issued: Everything issued on the problem, oldest first.
        forecasts: The probabilities that people gave themselves, in order.
        as_of: What was signed as of a later day does not count.
        known_by: Nor what was signed or given after this day.
    """
    own = {
        (one.who, one.as_of): one
        for one in forecasts
        if one.days == 0 and one.at is not None and (known_by is None or one.at.date() <= known_by)
    }
    latest: dict[str, Signed] = {}
    for one in issued:
        if one.as_of > as_of or (known_by is not None and one.issued_at.date() > known_by):
            continue
        later = own.get((one.by, one.as_of))
        is_later = later is not None and later.at is not None and later.at >= one.issued_at
        probability = later.probability if later is not None and is_later else one.probability
        if not (one.judgement or one.dissent or probability is not None):
            continue
        latest.pop(one.by, None)
        latest[one.by] = Signed(
            by=one.by,
            as_of=one.as_of,
            at=one.issued_at,
            judgement=one.judgement,
            dissent=one.dissent,
            probability=probability,
        )
    return tuple(reversed(latest.values()))[:MOST]


def recorded(outcomes: Iterable[Outcome], *, as_of: date, known_by: date | None) -> RecordedOutcome | None:
    """The record of what happened that counts, where it speaks of no day after the one assessed.

    Args:
        outcomes: Every record on the problem, oldest first.
        as_of: The day assessed: of an onset or a quiet spell that ends later, it knows nothing.
        known_by: Records made after this day do not count.
    """
    made = [one for one in outcomes if known_by is None or one.at.date() <= known_by]
    if not made or (made[-1].onset or made[-1].through) > as_of:
        return None
    last = made[-1]
    return RecordedOutcome(onset=last.onset, through=last.through, scenario=last.scenario, by=last.by, at=last.at)
