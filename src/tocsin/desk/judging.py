"""Judging on a desk: what is meant, what may be said of it, what a withdrawal takes back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tocsin import weigh
from tocsin.errors import UsageError
from tocsin.model.claim import Claim
from tocsin.model.evidence import Rating, Says
from tocsin.model.grade import CREDIBILITY, Reliability, Wording
from tocsin.model.judgement import ANY, HEAD_FIELDS, KINDS, Judgement, JudgementKind, Verdict, detail_of
from tocsin.model.problem import WarningProblem
from tocsin.model.report import Report
from tocsin.weigh import headed
from tocsin.weigh.corrected import apply, value_of
from tocsin.weigh.overlay import grade_given, targets_of

FEWEST_LETTERS = 3
LONGEST_NAME = 200
LONGEST_REASON = 10_000
_REPORT = "sha256:"
_PAIRED = frozenset({JudgementKind.MERGER, JudgementKind.INDEPENDENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to judge.

    Attributes:
        subject: A claim by its id or the beginning of it; a source or voice; a report.
        verdict: What is said of it.
        by: Who says so.
        why: On what grounds.
        aspect: Of a correction the field, of a grade the topic, of a merger or independence the other one. What is
            corrected in ``outlet`` or ``published`` is a report.
        given: Of a correction the new value, of a link the targets, of a grade letter and wording, the digit.
    """

    subject: str
    verdict: Verdict
    by: str
    why: str
    aspect: str = ANY
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a desk knows of what may be judged; what takes time to find is found only where it is needed.

    Attributes:
        claims: By id, as they were read.
        judgements: All that were made.
        reports: The reports by id, as they were read.
        voices: Everybody who speaks: name, and whether it is a declared source.
        problem: The problem that links are made in.
        ratings: The claims as they are weighed today.
        graders: By source id who gave its grade, folded.
    """

    claims: Mapping[str, Claim]
    judgements: Sequence[Judgement]
    reports: Callable[[], Mapping[str, Report]]
    voices: Callable[[], Mapping[str, tuple[str, bool]]]
    problem: Callable[[], WarningProblem]
    ratings: Callable[[], Mapping[str, Rating]]
    graders: Callable[[str], Collection[str]]


def judged(asked: Asked, known: Known, *, now: datetime) -> Judgement:
    """The judgement that somebody wants to make.

    Raises:
        UsageError: Nobody signs it, no ground is given, what is meant is not known, or it cannot be said of it.
    """
    who, ground = signed(asked.by, asked.why)
    if asked.verdict is Verdict.UNDONE:
        return _withdrawal(asked.subject, known, by=who, why=ground, now=now)
    kind = KINDS[asked.verdict]
    if kind is JudgementKind.CORRECTION and " ".join(asked.aspect.split()) in HEAD_FIELDS:
        kind = JudgementKind.HEAD
    subject, detail = _SAID[kind](asked, known)
    if kind is JudgementKind.HEAD and headed.begins_after(asked.aspect, asked.given, now.date()):
        raise UsageError(f"{asked.given.strip()} is still to come: nothing on record was published then")
    return Judgement(subject=subject, kind=kind, value=asked.verdict, by=who, at=now, why=ground, detail=detail)


def named(claims: Mapping[str, Claim], wanted: str) -> Claim:
    """The claim of that id, or the only one whose id begins so.

    Raises:
        UsageError: None does, several do, or too few letters were given.
    """
    return claims[_only(claims, wanted, "claim", where="the ids are in: tocsin claims")]


def _only(known: Iterable[str], wanted: str, noun: str, *, where: str) -> str:
    """The name itself, or the only known one that begins so; a report's may be written without ``sha256:``."""
    name = wanted.strip().strip("[]…").removeprefix(_REPORT)
    every = {key.removeprefix(_REPORT): key for key in known}
    if name in every:
        return every[name]
    if len(name) < FEWEST_LETTERS:
        raise UsageError(f"'{name}' is too short for a {noun}'s id: write at least {FEWEST_LETTERS} letters of it")
    found = sorted(key for key in every if key.startswith(name))
    shown = name[:LONGEST_NAME]
    if len(found) == 1:
        return every[found[0]]
    if found:
        some = ", ".join(key[: len(name) + 4] for key in found[:5])
        raise UsageError(f"'{shown}' begins {len(found)} ids ({some}…): write more of it")
    raise UsageError(f"no {noun}'s id begins with '{shown}' ({where})")


def _of_claim(asked: Asked, known: Known) -> tuple[str, str | None]:
    return named(known.claims, asked.subject).id, None


def _correction(asked: Asked, known: Known) -> tuple[str, str]:
    claim = named(known.claims, asked.subject)
    aspect = " ".join(asked.aspect.split())
    given = asked.given.strip()
    if value_of(apply(claim, aspect, given), aspect) == value_of(claim, aspect):
        raise UsageError(f"the claim was read so already: {aspect} is {value_of(claim, aspect)}")
    return claim.id, detail_of(aspect, given)


def _head(asked: Asked, known: Known) -> tuple[str, str]:
    """Another outlet or day of a report."""
    reports, wanted = known.reports(), asked.subject.strip().strip("[]…")
    field = " ".join(asked.aspect.split())
    of = {claim.report for key, claim in known.claims.items() if wanted and key.startswith(wanted)}
    try:
        report = reports[_only(reports, wanted, "report", where="the reports' ids are in: tocsin claims --format json")]
    except UsageError as error:
        if len(of) != 1:
            raise
        name = of.pop().removeprefix(_REPORT)[:12]
        raise UsageError(f"{field} belongs to the whole report: name it in the claim's place ({name})") from error
    value = headed.value_of(headed.apply(report, field, asked.given), field)
    about = ((one.subject, one.kind, one.aspect) for one in weigh.standing(known.judgements))
    if value == headed.value_of(report, field) and (report.id, JudgementKind.HEAD, field) not in about:
        raise UsageError(f"the report was read so already: {field} is {value}")
    return report.id, detail_of(field, value)


def _link(asked: Asked, known: Known) -> tuple[str, str]:
    claim, problem = named(known.claims, asked.subject), known.problem()
    declared = {one.id for group in (problem.indicators, problem.gates, problem.figures) for one in group}
    figures = {one.id for one in problem.figures}
    targets = []
    for part in asked.given.split(";"):
        name, equals, says = (piece.strip() for piece in part.partition("="))
        if name and name not in declared:
            some = ", ".join(sorted(declared))
            raise UsageError(f"'{name}' is no indicator, gate or figure of {problem.id} (there are: {some})")
        if equals and (says not in [one.value for one in Says] or name in figures):
            raise UsageError(f"'{part.strip()}': write {name}=present, absent or ambiguous (a figure takes none)")
        if name in figures and not claim.figures:
            raise UsageError(f"the claim has no figure that could be a reading of {name}")
        if name:
            targets.append(f"{name}={says}" if says else name)
    if len({name for name, _ in targets_of("; ".join(targets))}) < len(targets):
        raise UsageError(f"'{asked.given}' names one target twice")
    return claim.id, detail_of(problem.id, "; ".join(targets))


def _digit(asked: Asked, known: Known) -> tuple[str, str]:
    claim = named(known.claims, asked.subject)
    if not asked.given.isascii() or not asked.given.isdigit() or int(asked.given) not in CREDIBILITY:
        raise UsageError(f"'{asked.given}' is no digit of credibility (write 1 to 6; 6 is no judgement)")
    ratings = known.ratings()
    rating = ratings.get(claim.id)
    if rating is not None and " ".join(asked.by.split()).casefold() in known.graders(rating.source):
        raise UsageError(
            f"{asked.by} graded {rating.source_name}: a digit counts only from somebody who did not grade the source"
        )
    copied = rating is not None and rating.echo_of is not None
    if asked.given == "1" and (copied or any(one.echo_of == claim.id for one in ratings.values())):
        raise UsageError("within an echo nothing is confirmed by others: 1 is not given there (write 2 to 6)")
    return claim.id, detail_of(ANY, asked.given)


def _grade(asked: Asked, known: Known) -> tuple[str, str]:
    voices = known.voices()
    name = _voice(asked.subject, voices)
    if asked.aspect and not voices[name][1]:
        raise UsageError(f"{name} is not declared: it has one grade and none per topic (declare it in sources.toml)")
    letter, _, wording = asked.given.strip().partition(" ")
    try:
        grade = grade_given(Reliability(letter), Wording(wording.strip("()") or Wording.STANAG_2511))
    except ValueError as error:
        editions = ", ".join(one.value for one in Wording)
        raise UsageError(f"'{asked.given}' is no grade (write a letter A-F; editions: {editions})") from error
    return name, detail_of(asked.aspect, grade)


def _merger(asked: Asked, known: Known) -> tuple[str, str]:
    voices = known.voices()
    one, other = sorted((_voice(asked.subject, voices), _voice(asked.aspect, voices)))
    if one == other:
        raise UsageError(f"{one} is one voice already")
    if voices[one][1] and voices[other][1]:
        raise UsageError(f"{one} and {other} are declared: say in sources.toml that one is part_of the other")
    return one, detail_of(other)


def _independence(asked: Asked, known: Known) -> tuple[str, str]:
    every = {*known.claims, *known.reports(), *known.voices()}
    where = "name two claims, two reports or two sources"
    one, other = sorted(_only(every, name, "claim", where=where) for name in (asked.subject, asked.aspect))
    if one == other:
        raise UsageError(f"{one} cannot be independent of itself")
    return one, detail_of(other)


_SAID: Mapping[JudgementKind, Callable[[Asked, Known], tuple[str, str | None]]] = {
    JudgementKind.RESOLUTION: _of_claim,
    JudgementKind.REVIEW: _of_claim,
    JudgementKind.CORRECTION: _correction,
    JudgementKind.HEAD: _head,
    JudgementKind.LINK: _link,
    JudgementKind.CREDIBILITY: _digit,
    JudgementKind.GRADE: _grade,
    JudgementKind.MERGER: _merger,
    JudgementKind.INDEPENDENCE: _independence,
}


def _voice(wanted: str, voices: Mapping[str, tuple[str, bool]]) -> str:
    return _only(voices, wanted, "voice", where="sources and voices are in: tocsin sources")


def _withdrawal(wanted: str, known: Known, *, by: str, why: str, now: datetime) -> Judgement:
    """What takes back the last judgement that somebody made of something and has not withdrawn."""
    name = wanted.strip().strip("[]…")
    own = [one for one in weigh.standing(known.judgements) if one.by == by]
    about = {end for one in own for end in ((one.subject, one.aspect) if one.kind in _PAIRED else (one.subject,))}
    meant = name if name in about else _only({*known.claims, *about}, name, "claim", where="see: tocsin judge")
    of_it = [one for one in own if one.subject == meant or (one.kind in _PAIRED and one.aspect == meant)]
    if not of_it:
        raise UsageError(f"{by} has judged nothing of {meant} that could be withdrawn")
    last = of_it[-1]
    detail = detail_of(last.aspect) if last.aspect else None
    return Judgement(subject=last.subject, kind=last.kind, value=Verdict.UNDONE, by=by, at=now, why=why, detail=detail)


def signed(by: str, why: str) -> tuple[str, str]:
    """Name and ground, spaces put in order.

    Raises:
        UsageError: One of them is missing or too long.
    """
    who, ground = " ".join(by.split()), why.strip()
    if not who or not ground:
        raise UsageError("a judgement needs --by and --why: who says so, and on what grounds")
    if len(who) > LONGEST_NAME or len(ground) > LONGEST_REASON:
        raise UsageError(f"too long: a name has at most {LONGEST_NAME} characters, a reason {LONGEST_REASON}")
    return who, ground
