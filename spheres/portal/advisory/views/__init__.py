"""The pages of a round: hers in her notebook, and those of whoever runs it."""
