"""Words and marks of a text: sentences, tokens, word lists, places. Knows nothing of claims."""
