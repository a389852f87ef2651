"""What she reads of her file with her worker, what is hidden there, and what she says of it."""
