"""How long handing an answer on takes, and how large it is."""
