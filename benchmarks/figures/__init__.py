"""Simulated quantities with conflicting figures about them: do the intervals hold what they promise?"""
