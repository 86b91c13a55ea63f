"""Starts a command and writes what it took. Small on purpose: a process begins with its parent's peak of memory.

Usage: launch.py REPORT COMMAND…
"""

from __future__ import annotations

import json
import os
import sys
import time

began = time.monotonic()
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w", encoding="utf-8") as report:  # noqa: PTH123 - pathlib would double the size
    json.dump(
        {
            "status": os.waitstatus_to_exitcode(status),
            "cpu": usage.ru_utime + usage.ru_stime,
            "wall": time.monotonic() - began,
            "peak": usage.ru_maxrss / 1024,
        },
        report,
    )
