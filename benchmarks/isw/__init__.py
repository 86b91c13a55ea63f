"""Daily reports of an institute, taken into the worked desk: repetition, and a season's curve."""
