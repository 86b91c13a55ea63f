"""From the trained network to the files that are shipped: ONNX in whole numbers of eight bits."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from training.encoder.network import Network
from training.encoder.quantize import quantize

from tocsin.extract.parse import Encoder
from tocsin.extract.parse.pieces import Pieces

INPUTS = ("ids", "shapes", "first", "last")
OUTPUTS = ("arc", "dependent", "head", "upos", "tag", "lemma", "name", "role", "content", "factual", "begin")

NAMES_BY = "wide"
"""The head for names that is shipped. Against ``name`` on the parts kept to choose by: EWT dev 78.4 and 77.6, the tenth
of wikigold 84.7 and 85.5; EWT dev has four times as many names."""


def reader(network: Network, pieces: Pieces, classes: Mapping[str, list[str]]) -> Encoder:
    """Read with the network as it stands in torch."""

    def score(arrays: dict[str, NDArray[np.int64]]) -> dict[str, NDArray[np.float32]]:
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            found = Ordered(network)(*(torch.from_numpy(arrays[name]) for name in INPUTS))
        return {name: tensor.float().numpy() for name, tensor in zip(OUTPUTS, found, strict=True)}

    return Encoder(pieces, classes, bilinear=network.bilinear.detach().numpy(), score=score)


class Ordered(torch.nn.Module):
    """The network with its scores in a fixed order, as a graph needs them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: torch.Tensor, shapes: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """The scores named in ``OUTPUTS``; of the three heads for names the one chosen is the one that is shipped."""
        scores = self.network(ids, shapes, first, last)
        scores["name"] = scores[NAMES_BY]
        return tuple(scores[name] for name in OUTPUTS)


def export(network: Network, classes: Mapping[str, list[str]], *, vocabulary: Sequence[str], folder: Path) -> None:
    """Write ``encoder.onnx`` (int8, safe on processors without VNNI), ``labels.npz``, ``labels.json``, the pieces."""
    from onnxruntime.quantization.shape_inference import quant_pre_process

    folder.mkdir(parents=True, exist_ok=True)
    rows, pieces, words = (
        torch.export.Dim(name, min=1, max=most) for name, most in (("rows", 4096), ("pieces", 512), ("words", 512))
    )
    example = tuple(torch.ones(3, size, dtype=torch.long) for size in (17, 17, 11, 11))
    dynamic = {"ids": {0: rows, 1: pieces}, "shapes": {0: rows, 1: pieces}}
    dynamic |= {"first": {0: rows, 1: words}, "last": {0: rows, 1: words}}
    with tempfile.TemporaryDirectory() as scratch:
        plain, ready = Path(scratch) / "plain.onnx", Path(scratch) / "ready.onnx"
        torch.onnx.export(
            Ordered(network).eval(),
            example,
            str(plain),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_shapes=dynamic,
            dynamo=True,
            opset_version=20,
            external_data=False,
        )
        quant_pre_process(str(plain), str(ready), skip_symbolic_shape=True)
        quantize(ready, folder)
    np.savez_compressed(folder / "labels.npz", bilinear=network.bilinear.detach().numpy().astype(np.float16))
    (folder / "labels.json").write_text(json.dumps(classes, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    (folder / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
