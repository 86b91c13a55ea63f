"""Were we right? Proper scores, calibration, lead time and steadiness of what was issued."""

from __future__ import annotations

from tocsin.score.season import score

__all__ = ["score"]
