"""The network: MiniLM's encoder with the case shape joined to its input, and a head for each task."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tocsin.extract.parse.pieces import SHAPES

WIDTH, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
ARC, LABEL = 256, 96
DROPOUT = 0.1


class Shared(nn.Module):
    """Dropout with one mask for all words of a sentence."""

    def __init__(self, share: float = DROPOUT) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """Drop features of ``x``, shape ``(sentence, word, feature)``."""
        if not self.training:
            return x
        mask = torch.rand(x.shape[0], 1, x.shape[2], dtype=torch.float32) >= self.share
        return x * (mask.to(x.dtype) / (1 - self.share))


class Layer(nn.Module):
    """A transformer layer, normalised after each half, as BERT's."""

    def __init__(self) -> None:
        super().__init__()
        self.into = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.wide = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        self.second = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = Shared()

    def forward(self, x: Tensor, barred: Tensor) -> Tensor:
        """Mix the pieces of each sentence; ``barred`` is added to the attention scores."""
        rows, length, _ = x.shape
        query, key, value = self.into(x).view(rows, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if self.training:
            scores = query @ key.transpose(2, 3) / math.sqrt(WIDTH // HEADS) + barred
            mixed = scores.float().softmax(-1).to(value.dtype) @ value
        else:
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=barred.to(query.dtype))
        joined = mixed.transpose(1, 2).reshape(rows, length, WIDTH)
        x = self.first(x + self.drop(self.out(joined)))
        deep: Tensor = self.second(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))
        return deep


class Network(nn.Module):
    """Pieces in, scores out.

    Args:
        sizes: How many classes each task has: upos, tag, lemma, name, wide and aside (names), role, content,
            label.
    """

    def __init__(self, sizes: Mapping[str, int]) -> None:
        super().__init__()
        self.word = nn.Embedding(VOCABULARY, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shape = nn.Embedding(len(SHAPES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = Shared()
        self.flat = nn.ModuleDict({task: nn.Linear(WIDTH, sizes[task]) for task in ("upos", "tag", "lemma")})
        self.deep = nn.ModuleDict(
            {
                task: nn.Sequential(
                    nn.Linear(WIDTH, WIDTH),
                    nn.GELU(),
                    Shared(),
                    nn.Linear(WIDTH, sizes[task]),
                )
                for task in ("name", "wide", "aside", "role", "content")
            }
        )
        self.begin = nn.Linear(WIDTH, 1)
        self.factual = nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), Shared(), nn.Linear(128, 1))
        self.ends = nn.ModuleDict(
            {
                name: nn.Sequential(nn.Linear(WIDTH, size), nn.GELU(), Shared(0.2))
                for name, size in (("arc_low", ARC), ("arc_high", ARC), ("label_low", LABEL), ("label_high", LABEL))
            }
        )
        self.arc = nn.Parameter(torch.empty(ARC, ARC))
        self.governs = nn.Parameter(torch.zeros(ARC))
        self.bilinear = nn.Parameter(torch.empty(LABEL + 1, sizes["label"], LABEL + 1))
        nn.init.normal_(self.arc, std=1 / ARC)
        nn.init.normal_(self.bilinear, std=1 / LABEL)
        nn.init.normal_(self.shape.weight, std=0.01)

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor, last: Tensor) -> dict[str, Tensor]:
        """Score a batch as ``pieces.batch_of`` makes it.

        Returns:
            ``arc`` ``(sentence, word, 1 + word)``; ``dependent`` ``(sentence, word, LABEL)`` and ``head``
            ``(sentence, 1 + word, LABEL)``, the two ends of an arc to be labelled; ``factual`` ``(sentence, word)``;
            the others ``(sentence, word, class)``.
        """
        x = self.word(ids) + self.shape(shapes) + self.position.weight[: ids.shape[1]] + self.kind
        x = self.drop(self.norm(x))
        barred = torch.zeros_like(ids, dtype=torch.float32).masked_fill(ids == 0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, barred)
        full = (first.shape[0], first.shape[1], WIDTH)
        both = x.gather(1, first[..., None].expand(full)) + x.gather(1, last[..., None].expand(full))
        every = self.drop(both / 2)
        words = every[:, 1:]
        high = self.ends["arc_high"](every)
        arc = self.ends["arc_low"](words) @ self.arc @ high.transpose(1, 2) + (high * self.governs).sum(-1)[:, None, :]
        scores = {"arc": arc}
        scores["dependent"] = self.ends["label_low"](words)
        scores["head"] = self.ends["label_high"](every)
        scores |= {task: head(words) for task, head in (*self.flat.items(), *self.deep.items())}
        scores["factual"] = self.factual(words)[..., 0]
        scores["begin"] = self.begin(words)[..., 0]
        return scores

    def labels(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Score the labels of given arcs; both ends ``(arc, LABEL)``, the answer ``(arc, label)``."""
        low, high = functional.pad(dependent, (0, 1), value=1.0), functional.pad(head, (0, 1), value=1.0)
        size, names, _ = self.bilinear.shape
        inner = (low @ self.bilinear.reshape(size, -1)).view(-1, names, size)
        return (inner @ high[..., None])[..., 0]


def pretrained(network: Network, weights: Path) -> None:
    """Fill the encoder with MiniLM's weights, as ``model.safetensors`` names them."""
    source = load_file(weights)
    source = {name.removeprefix("bert."): tensor for name, tensor in source.items()}

    def copy(target: nn.Module, name: str) -> None:
        target.load_state_dict({part: source[f"{name}.{part}"] for part in ("weight", "bias")})

    with torch.no_grad():
        network.word.weight.copy_(source["embeddings.word_embeddings.weight"])
        network.position.weight.copy_(source["embeddings.position_embeddings.weight"])
        network.kind.copy_(source["embeddings.token_type_embeddings.weight"][0])
    copy(network.norm, "embeddings.LayerNorm")
    for number, layer in enumerate(network.layers):
        if not isinstance(layer, Layer):
            raise TypeError(layer)
        at = f"encoder.layer.{number}"
        layer.into.load_state_dict(
            {
                part: torch.cat([source[f"{at}.attention.self.{name}.{part}"] for name in ("query", "key", "value")])
                for part in ("weight", "bias")
            }
        )
        copy(layer.out, f"{at}.attention.output.dense")
        copy(layer.first, f"{at}.attention.output.LayerNorm")
        copy(layer.wide, f"{at}.intermediate.dense")
        copy(layer.narrow, f"{at}.output.dense")
        copy(layer.second, f"{at}.output.LayerNorm")
