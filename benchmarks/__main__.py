"""Runs every benchmark: at present that of extraction. The options are those of ``python -m benchmarks.extraction``."""

from __future__ import annotations

import sys

from benchmarks.extraction.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
