"""Inference without a desk: on evidence coded by hand or by another program."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tocsin import __version__
from tocsin import problem as problems
from tocsin.errors import Fault, UsageError
from tocsin.model.assessment import Assessment
from tocsin.model.evidence import Linked


def infer_coded(
    problem_file: Path, evidence: str, *, file: str, as_of: date
) -> tuple[Assessment, Linked, tuple[Fault, ...]]:
    """Stateless inference on evidence coded by hand or by another program.

    Returns:
        The assessment, the evidence as linking would have given it, and what looks odd about it.
    """
    from tocsin.infer import assess as infer
    from tocsin.infer import coded

    problem = problems.load_problem(problem_file)
    if as_of < problem.opened:
        raise UsageError(f"--as-of {as_of} lies before the problem was opened ({problem.opened})")
    found = coded.parse_evidence(evidence, file=file, problem=problem)
    linked = Linked(evidence=found.evidence, readings=(), others=(), set_aside=(), unlinked=0)
    assessment = infer.assess_evidence(problem, found.evidence, as_of=as_of, version=__version__)
    return assessment, linked, found.warnings
