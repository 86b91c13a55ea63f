"""What a desk does under load."""
