"""Frozen values, standard library only: what the project's words mean (docs/decisions/0001-layers.md)."""
