"""Every reader fed with broken input for minutes: ``python -m benchmarks.fuzz --minutes 10``."""
