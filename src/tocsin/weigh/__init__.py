"""Weighing: how much each claim's origin is worth, and which claims repeat another; each with its reason in words."""

from tocsin.weigh.judged import history, rulings, standing
from tocsin.weigh.rating import ratings
from tocsin.weigh.record import learnt, records

__all__ = ["history", "learnt", "ratings", "records", "rulings", "standing"]
