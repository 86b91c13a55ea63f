"""The judgements that people lay over what a desk has read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache

from tocsin import weigh
from tocsin.desk import chain, heading, judging, registers
from tocsin.desk.holdings import Holdings, by_id
from tocsin.model.judgement import Entry, Judgement, JudgementKind, Verdict
from tocsin.publish.handling import ALL, Release


class Judgements:
    """Every judgement on a desk; nothing is overwritten.

    Args:
        holdings: What the desk holds.
    """

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._declared = holdings.declared

    def judge(
        self,
        subject: str,
        verdict: Verdict,
        *,
        by: str,
        why: str,
        now: datetime,
        aspect: str = "",
        given: str = "",
        problem: str | None = None,
        to: Release = ALL,
    ) -> tuple[Entry, ...]:
        """Lay a judgement over a claim, source or voice, or withdraw the last one; nothing is overwritten.

        Args:
            subject: The id of what is judged, or its beginning where only one begins so.
            verdict: What is judged; ``undone`` withdraws the same person's last judgement of it.
            by: Who judges.
            why: On what grounds.
            now: The moment.
            aspect: Of a correction the field, of a grade the topic, of a merger or independence the other one.
            given: Of a correction the value, of a link the targets, of a grade the letter, or the digit.
            problem: The problem that a link is made in, where there are several.
            to: What those are cleared for who read what is returned.

        Returns:
            All judgements over that subject, the new one last.

        Raises:
            UsageError: What is meant is not known, or that cannot be said of it, or a name or ground is missing.
        """
        asked = judging.Asked(subject=subject, verdict=verdict, by=by, why=why, aspect=aspect, given=given)
        (judgement,) = self._lay([asked], self._known(problem), now=now)
        claim = self._holdings.claims().get(judgement.subject)
        kept = (one for one in self._holdings.store.judgements() if one.subject == judgement.subject)
        entries = (replace(entry, claim=claim) for entry in weigh.history(kept))
        return registers.shown(entries, self._holdings.stream, to=to)

    def lay(self, asked: Iterable[judging.Asked], *, now: datetime) -> tuple[Judgement, ...]:
        """Lay several judgements, each over what those before it made; arguments and errors as for ``judge``."""
        return self._lay(asked, self._known(None), now=now)

    def _lay(self, asked: Iterable[judging.Asked], known: judging.Known, *, now: datetime) -> tuple[Judgement, ...]:
        made = list(known.judgements)
        for wanted in asked:
            made.append(judging.judged(wanted, replace(known, judgements=made), now=now))
        laid = made[len(known.judgements) :]
        heads = [one for one in laid if one.kind is JudgementKind.HEAD]
        if heads:
            heading.judge(self._holdings.store, heads, known.judgements, self._declared.sources())
        for one in laid:
            if one.kind is not JudgementKind.HEAD:
                self._holdings.store.judge(one)
        return tuple(laid)

    def entries(self, *, to: Release = ALL) -> tuple[Entry, ...]:
        """Every judgement ever made on the desk, with its claim and what has become of it, oldest first.

        Args:
            to: What the readers are cleared for.
        """
        claims = self._holdings.claims()
        found = (
            replace(entry, claim=claims.get(entry.judgement.subject))
            for entry in weigh.history(self._holdings.store.judgements())
        )
        return registers.shown(found, self._holdings.stream, to=to)

    def _known(self, problem: str | None) -> judging.Known:
        """What may be judged on this desk."""
        everything = self._holdings.everything()
        now = everything.headed()
        claims = by_id(now.extractions)
        stream = cache(lambda: chain.stream_of(everything, self._declared.sources(), as_of=None, known_by=None))
        declared = cache(lambda: {source.id: source for source in stream().sources})
        return judging.Known(
            claims=claims,
            judgements=everything.judgements,
            reports=lambda: everything.reports,
            voices=lambda: weigh.voices(claims.values(), now.reports, self._declared.sources()),
            problem=lambda: self._declared.problem(problem),
            ratings=lambda: stream().ratings,
            graders=lambda name: weigh.graders(declared()[name], stream().judged) if name in declared() else (),
        )
