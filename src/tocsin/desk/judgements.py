"""The judgements that people lay over what a desk has read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache

from tocsin import weigh
from tocsin.desk import chain, judging
from tocsin.desk.holdings import Holdings
from tocsin.model.judgement import Entry, Verdict


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

        Returns:
            All judgements over that subject, the new one last.

        Raises:
            UsageError: What is meant is not known, or that cannot be said of it, or a name or ground is missing.
        """
        asked = judging.Asked(subject=subject, verdict=verdict, by=by, why=why, aspect=aspect, given=given)
        judgement = judging.judged(asked, self._known(problem), now=now)
        self._holdings.store.judge(judgement)
        claim = self._holdings.claims().get(judgement.subject)
        kept = (one for one in self._holdings.store.judgements() if one.subject == judgement.subject)
        return tuple(replace(entry, claim=claim) for entry in weigh.history(kept))

    def entries(self) -> tuple[Entry, ...]:
        """Every judgement ever made on the desk, with its claim and what has become of it, oldest first."""
        claims = self._holdings.claims()
        return tuple(
            replace(entry, claim=claims.get(entry.judgement.subject))
            for entry in weigh.history(self._holdings.store.judgements())
        )

    def _known(self, problem: str | None) -> judging.Known:
        """What may be judged on this desk."""
        everything = self._holdings.everything()
        stream = cache(lambda: chain.stream_of(everything, self._declared.sources(), as_of=None, known_by=None))
        by_id = cache(lambda: {source.id: source for source in stream().sources})
        return judging.Known(
            claims=self._holdings.claims(),
            judgements=everything.judgements,
            reports=everything.reports.keys,
            voices=lambda: weigh.voices(self._holdings.claims().values(), everything.reports, self._declared.sources()),
            problem=lambda: self._declared.problem(problem),
            ratings=lambda: stream().ratings,
            graders=lambda name: weigh.graders(by_id()[name], stream().judged) if name in by_id() else (),
        )
