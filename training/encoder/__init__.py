"""The English encoder: how it was trained, measured and exported. Never imported by ``src``."""
