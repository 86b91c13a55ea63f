"""Evidence to assessment: the exact core, coded evidence, figures, and every part of the answer."""
