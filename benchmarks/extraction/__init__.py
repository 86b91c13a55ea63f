"""Who said what, and how many: Tocsin and its peers on the same files with the same scorers."""
