"""Assessment and claims in, products out: page, brief, tables, reasons. Nothing is decided here."""
