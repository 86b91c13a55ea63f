"""Echo detection on invented near-copies."""
