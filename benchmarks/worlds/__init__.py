"""Simulated worlds: drawn from the definitions of the method, and used to measure the reasoning core beside its peers.

The modules that draw (``family``, ``values``, ``setting``, ``truth``, ``sources``, ``saying``, ``echoing``, ``draw``)
import nothing of the package under test and were fixed before anything was measured.
"""
