"""Train the network: all tasks at once, each where its corpus is labelled."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from training.encoder.examples import IGNORED, Arrays, Example, epoch
from training.encoder.network import Network

WEIGHTS = {"upos": 0.3, "tag": 0.3, "lemma": 0.3, "name": 0.7, "wide": 0.7, "aside": 0.5, "role": 0.4, "content": 0.3}
FRESH = ("shape", "flat", "deep", "fact", "ends", "begin")
FACTUAL = 0.3
BEGIN = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How to train.

    Attributes:
        steps: Batches in all.
        seed: Decides order, case and dropout; the same seed gives the same run on the same machine.
        pieces: Padded pieces per batch.
        encoder_rate: Highest learning rate of MiniLM's weights.
        head_rate: Highest learning rate of what is new.
        warm_up: Share of the steps in which the rate rises.
        save_every: Steps between checkpoints.
        watch_every: Steps between looks at the development part.
    """

    steps: int
    seed: int = 20221122
    pieces: int = 1000
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    save_every: int = 250
    watch_every: int = 700


def losses(network: Network, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The cost of each task on a batch; a task the batch has no label for is left out."""
    scores = network(batch["ids"], batch["shapes"], batch["first"], batch["last"])
    found = {}
    heads = batch["head"]
    known = heads != IGNORED
    if bool(known.any()):
        part = batch["part"]
        within = functional.pad(part[:, :, None] == part[:, None, :], (1, 0), value=True)
        arcs = scores["arc"].float().masked_fill(~within, -1e4)
        found["arc"] = functional.cross_entropy(arcs[known], heads[known])
        rows = known.nonzero()[:, 0]
        labels = network.labels(scores["dependent"][known], scores["head"][rows, heads[known]])
        found["label"] = functional.cross_entropy(labels.float(), batch["label"][known])
    for task, weight in WEIGHTS.items():
        wanted = batch[task] != IGNORED
        if bool(wanted.any()):
            found[task] = weight * functional.cross_entropy(scores[task][wanted].float(), batch[task][wanted])
    wanted = batch["begin"] != IGNORED
    if bool(wanted.any()):
        odds, truth = scores["begin"][wanted].float(), batch["begin"][wanted].float()
        found["begin"] = BEGIN * functional.binary_cross_entropy_with_logits(odds, truth)
    sure = batch["confidence"]
    if bool((sure > 0).any()):
        apart = functional.smooth_l1_loss(scores["factual"].float(), batch["factual"], reduction="none")
        found["factual"] = FACTUAL * (apart * sure).sum() / sure.sum()
    return found


def _stream(examples: Sequence[Example], course: Course, done: int) -> Iterator[Arrays]:
    """Batches without end, as if ``done`` of them had been read."""
    number = 0
    while True:
        for batch in epoch(examples, seed=course.seed, number=number, most=course.pieces):
            if done > 0:
                done -= 1
                continue
            yield batch
        number += 1


def _rate(step: int, course: Course) -> float:
    rising = course.steps * course.warm_up
    return min(step / max(rising, 1), (course.steps - step) / max(course.steps - rising, 1))


def train(
    network: Network,
    examples: Sequence[Example],
    course: Course,
    *,
    folder: Path,
    watch: Callable[[Network], dict[str, float]],
) -> None:
    """Train to the end, from the last checkpoint in ``folder`` if there is one; ``log.jsonl`` tells how it went."""
    fresh = [p for n, p in network.named_parameters() if n.startswith(FRESH)]
    fresh += [network.arc, network.governs, network.bilinear]
    known = {id(p) for p in fresh}
    old = [p for p in network.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": old, "top": course.encoder_rate}, {"params": fresh, "top": course.head_rate}],
        lr=0.0,
        betas=(0.9, 0.98),
        weight_decay=0.01,
        fused=True,
    )
    checkpoint = folder / "checkpoint.pt"
    start = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        start = int(state["step"])
    began, sums = time.monotonic(), dict[str, float]()
    with (folder / "log.jsonl").open("a", encoding="utf-8") as log:
        for step, arrays in enumerate(_stream(examples, course, start), start=start):
            if step >= course.steps:
                break
            network.train()
            torch.manual_seed(course.seed + step)
            batch = {name: torch.from_numpy(array) for name, array in arrays.items()}
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * _rate(step + 1, course)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                costs = losses(network, batch)
            total = torch.stack(list(costs.values())).sum()
            total.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0, foreach=True)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            for task, cost in costs.items():
                sums[task] = 0.98 * sums.get(task, cost.item()) + 0.02 * cost.item()
            done = step + 1
            if done % 25 == 0 or done == course.steps:
                line = {"step": done, "seconds": round(time.monotonic() - began, 1)}
                log.write(json.dumps(line | {k: round(v, 4) for k, v in sums.items()}) + "\n")
                log.flush()
            if done % course.watch_every == 0 or done == course.steps:
                log.write(json.dumps({"step": done, "watched": watch(network)}) + "\n")
                log.flush()
            if done % course.save_every == 0 or done == course.steps:
                state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": done}
                torch.save(state, checkpoint.with_suffix(".new"))
                os.replace(checkpoint.with_suffix(".new"), checkpoint)  # noqa: PTH105 - atomic
