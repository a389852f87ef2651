"""What does another region need to teach the same? Topics, questions, and where materials are."""
