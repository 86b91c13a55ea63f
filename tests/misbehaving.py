"""A worker that does what the name of an item says: it hangs, crashes, grows too fat, prints."""

from __future__ import annotations

MISBEHAVING = """
import os, sys, time
from tocsin.desk import reading, worker
sound = reading.Reading.report
def report(self, item):
    if "hang" in item.name or b"please hang" in item.data:
        time.sleep(60)
    if "crash" in item.name:
        os.abort()
    if "fat" in item.name:
        kept = bytearray(20_000_000_000)
    if "prints" in item.name:
        print("words on standard output", flush=True)
        os.write(1, b"and past Python")
    return sound(self, item)
reading.Reading.report = report
worker.main()
"""
