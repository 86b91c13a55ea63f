"""Linking: claims to evidence on indicators and readings of figures, with the words that matched."""

from tocsin.link.ground import placed
from tocsin.link.linking import link

__all__ = ["link", "placed"]
