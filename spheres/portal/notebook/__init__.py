"""Her notebook: its door, its levels, what it shows and what she writes in it."""
