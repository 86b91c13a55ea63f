"""The header judgement: a word that does not follow every flicker of the number."""

from __future__ import annotations

from tocsin.infer.case import Case, percent
from tocsin.model.reasons import Standing
from tocsin.model.yardstick import ICD_203, YARDSTICKS, Yardstick, word_for


def standing(
    case: Case, *, middle: tuple[float, float] | None, earlier: float | None, signed: str | None = None
) -> Standing | None:
    """The word that the header bears; None once the question's last day is over.

    The earlier word stays until the whole middle half of the band lies outside it. An analyst may sign another word,
    which then stands in its place.

    Args:
        case: The case.
        middle: The 25 and 75 % points of the headline's band.
        earlier: The headline of the earlier day that the answer is compared with.
        signed: The word that an analyst signed last; it comes before that of the earlier day.
    """
    if case.closed:
        return None
    scale = YARDSTICKS.get(case.problem.yardstick, ICD_203)
    own = case.word(case.headline(case.honest))
    low, high = middle or (None, None)
    before = signed or (None if earlier is None else word_for(earlier, scale))
    if before is None or before == own:
        why = "no earlier judgement to hold to" if before is None else "the word of the earlier judgement still fits"
        return Standing(words=own, held=False, low=low, high=high, because=why)
    bounds = bounds_of(before, scale)
    if middle is None or bounds is None or middle[1] < bounds[0] or middle[0] >= bounds[1]:
        why = f"the middle half of the band has left “{before}”"
        return Standing(words=own, held=False, low=low, high=high, because=why)
    told = f"the middle half of the band, {percent(middle[0])} to {percent(middle[1])}, still touches “{before}”"
    return Standing(words=before, held=True, low=low, high=high, because=told)


def bounds_of(word: str, scale: Yardstick) -> tuple[float, float] | None:
    """The probabilities that go by a word of a yardstick; None where it is none.

    >>> bounds_of("below 1 %", ICD_203), bounds_of("unlikely", ICD_203)
    ((0.0, 0.01), (0.2, 0.45))
    """
    ends = {word_for(0.0, scale): (0.0, 0.01), word_for(1.0, scale): (0.99, 1.0)}
    if word in ends:
        return ends[word]
    return next(((band.low, band.high) for band in scale.bands if word in {band.word, *band.synonyms}), None)
