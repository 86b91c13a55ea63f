"""Weighing: how much each claim's origin is worth, and which claims repeat another; each with its reason in words."""

from tocsin.weigh.rating import ratings

__all__ = ["ratings"]
