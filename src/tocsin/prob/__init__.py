"""Arrays in, arrays out: onset, leads, gates, statements, the exact core, the pooling of figures."""
