"""What a desk does under load, what it withstands, and how quick its store is."""
