"""Writes the tables as a page, and the same figures as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.worlds.plans import Plan
from benchmarks.worlds.run import Folder
from benchmarks.worlds.tables import Line, effects, lines, mean_scores, onset_fit, paired, reliability

HEAD = """# The reasoning core on simulated worlds

Written by `python -m benchmarks.worlds {arguments}`. The simulator was written from the definitions of the method and
fixed before anything was measured. Log scores are natural and lower is better; a slope below one is too sure, above
one too timid. *Gap* is the share of the log-score gap between prior and ideal observer that a method closes, with a
95 % bootstrap interval over worlds. The ideal observer knows how good each source is, how it errs and what repeats
what; it does not know the truth.

Events are rare, so scores of what came true rest on few worlds. Where the ideal observer is exact, its probability is
the chance of the event given all that can be known, and the mean score over that chance has the same expectation with
a fraction of the noise. Such columns are marked *expected*; the others count what came true. Interrupted runs
go on where they were, so tables differ in how many worlds they rest on; each says. State of the core and of the
simulator: `{state}`.
"""
TITLES = {
    "base": "The base line",
    "fresh": "The base line with sources that err afresh in every report",
    "honest": "The base line again: other settings, and the price of listing stories where nobody lies",
    "echo70": "Seventy per cent echoes, none of them declared",
    "liars-hide": "Four liars: they deny when an event is coming, and cry wolf when none is",
    "liars-loud": "Four liars: always loud",
    "liars-quiet": "Four liars: always quiet",
    "liars-boast": "Four liars: they boast when an event is coming (no listed story)",
    "liar-one": "One liar hides",
    "story-hide": "The declared story is true: hide, a quarter of what the channels within reach say",
    "story-loud": "The declared story is true: loud",
    "story-quiet": "The declared story is true: quiet",
    "tempo-none": "Tempo: the leads are as declared",
    "tempo-short": "Tempo: drawn from the default, skewed short",
    "tempo-even": "Tempo: drawn evenly around one",
    "tempo-leads-half": "Tempo: true leads half as long as declared",
    "tempo-leads-double": "Tempo: true leads twice as long as declared",
    "repeat-settled": "Four talkative sources that stay wrong once they are wrong",
    "repeat-fresh": "Four talkative sources that look afresh each time",
    "access-counts": "Access: who has sight or pictures errs less by asserting",
    "access-idle": "Access: declared, but it makes no difference",
    "article-shared": "Articles: the anonymous voices of one share their reporter",
    "article-apart": "Articles: the anonymous voices are independent",
    "eps-some-empty": "Contamination: a fifth of the signs mean nothing",
    "eps-linked": "Contamination: every link holds",
    "silence": "Silence: four indicators under a logged look",
    "noticing": "Noticing: half of the indicators take days to be noticed",
}


def page(groups: Mapping[str, Sequence[Plan]], folder: Folder, *, arguments: str) -> str:
    """The page of results, from whatever answers are kept."""
    state = folder.core(groups["base"][0]).parent.name
    parts = [HEAD.format(arguments=arguments, state=state)]
    for name, plans in groups.items():
        if name == "faults":
            parts.append(_faults(plans, folder))
            continue
        for plan in plans:
            found = lines(plan, folder)
            if found:
                parts.append(f"## {TITLES[plan.id]}\n\n{found[0].worlds} worlds.\n\n{_table(found)}")
            if found and plan.id == "base":
                parts.append(_base(plan, folder, found))
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _table(found: Sequence[Line]) -> str:
    if all(line.expected is not None for line in found):
        return f"{_expected(found)}\n\nThe same worlds by what came true:\n\n{_realised(found)}"
    return _realised(found)


def _expected(found: Sequence[Line]) -> str:
    head = "| method | 30 d log, expected | slope | AUC | gap 30 d | 90 d log, expected | slope | gap 90 d |"
    text = [head + " 30 d against prior |", "|---" * 9 + "|"]
    for line in found:
        one = line.expected
        if one is not None:
            cells = [
                line.method,
                f"{one.day30.log:.4f}",
                _slope(one.day30.slope),
                f"{one.day30.auc:.3f}",
                _gap(one.gap30),
                f"{one.day90.log:.4f}",
                _slope(one.day90.slope),
                _gap(one.gap90),
                "-" if line.against_prior is None else "{:+.4f} ± {:.4f}".format(*one.against_prior),
            ]
            text.append("| " + " | ".join(cells) + " |")
    return "\n".join(text)


def _realised(found: Sequence[Line]) -> str:
    head = "| method | 30 d log | ECE | slope | AUC | gap 30 d | 90 d log | slope | gap 90 d | scenario log |"
    head += " 30 d against prior |"
    rows = [head, "|---" * 11 + "|"]
    for line in found:
        cells = [
            line.method,
            f"{line.day30.log:.4f}",
            f"{line.day30.ece:.3f}",
            _slope(line.day30.slope),
            f"{line.day30.auc:.3f}",
            _gap(line.gap30),
            f"{line.day90.log:.4f}",
            _slope(line.day90.slope),
            _gap(line.gap90),
            "-" if line.scenario is None else f"{line.scenario:.3f}",
            "-" if line.against_prior is None else "{:+.4f} ± {:.4f}".format(*line.against_prior),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)


def _base(plan: Plan, folder: Folder, found: Sequence[Line]) -> str:
    text = ["Paired differences to the core, expected (± standard error); above nought is worse than the core:", ""]
    text += ["| method | 30 d | 90 d |", "|---|---|---|"]
    for line in found:
        if line.method in {*plan.core, *plan.own} - {"core"}:
            both = [paired(plan, folder, line.method, "core", days) for days in (30, 90)]
            text.append(f"| {line.method} | " + " | ".join(f"{gap:+.4f} ± {error:.4f}" for gap, error in both) + " |")
    fits = [(name, *onset_fit(plan, folder, name)) for name in ("core", "ideal", "naive Bayes")]
    text += ["", "Onset date given an event, Kolmogorov-Smirnov p against the uniform: "]
    text[-1] += "; ".join(f"{name} {p:.3f} ({count} events)" for name, p, count in fits) + "."
    for name in ("core", "naive Bayes"):
        bins = ", ".join(f"{p:.2f}→{share:.2f} ({count})" for p, share, count in reliability(plan, folder, name, 90))
        text += ["", f"Reliability of P(90 d), {name}: {bins}."]
    return "\n".join(text)


def _faults(plans: Sequence[Plan], folder: Folder) -> str:
    tables = {plan.id.removeprefix("fault-"): lines(plan, folder) for plan in plans}
    if not all(tables.values()):
        return ""
    worlds = min(found[0].worlds for found in tables.values())
    text = ["## What can be wrong with the declaration: every combination of six faults", ""]
    text.append(
        f"{len(tables)} cells, {worlds} worlds each, the same seeds in every cell. What each adds to the distance in "
        "log score between the core and the ideal observer, who knows the faults (but not that a burst of attention "
        "tells something by itself), over that observer's chances; a pair's cost is what both cost beyond the sum of "
        "each."
    )
    text += ["", "| fault | 30 d | 90 d |", "|---|---|---|"]
    both = [effects(plans, folder, days) for days in (30, 90)]
    for (name, gap, error), (_, late, late_error) in zip(*both, strict=True):
        if " x " not in name or abs(gap) > 2 * error or abs(late) > 2 * late_error:
            text.append(f"| {name} | {gap:+.4f} ± {error:.4f} | {late:+.4f} ± {late_error:.4f} |")
    text += ["", "Pairs within two standard errors of nought at both horizons are left out.", ""]
    text += [
        "| faults at once | cells | 30 d prior | 30 d core | ideal | slope | 90 d prior | 90 d core | ideal | slope |",
        "|---" * 10 + "|",
    ]
    for count in range(7):
        cells = [plan for plan in plans if plan.id.count("1") == count]
        shown = mean_scores(cells, folder)
        text.append(f"| {count} | {len(cells)} | " + " | ".join(shown) + " |")
    return "\n".join(text)


def _slope(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _gap(value: tuple[float, float, float] | None) -> str:
    return "-" if value is None else "{:.0%} [{:.0%}, {:.0%}]".format(*value).replace("%", " %")
