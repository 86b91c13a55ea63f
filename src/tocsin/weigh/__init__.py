"""Weighing: how much each claim's origin is worth, and which claims repeat another; each with its reason in words."""

from tocsin.weigh.corrected import corrected
from tocsin.weigh.headed import heads, with_head
from tocsin.weigh.judged import history, rulings, standing
from tocsin.weigh.overlay import Overlay, overlay, relinks
from tocsin.weigh.rating import ratings, voices
from tocsin.weigh.record import learnt, records
from tocsin.weigh.registry import Diagonal, diagonal, graders, in_force

__all__ = [
    "Diagonal",
    "Overlay",
    "corrected",
    "diagonal",
    "graders",
    "heads",
    "history",
    "in_force",
    "learnt",
    "overlay",
    "ratings",
    "records",
    "relinks",
    "rulings",
    "standing",
    "voices",
    "with_head",
]
