"""Where a desk keeps what it knows: one relational schema, SQLite by default."""
