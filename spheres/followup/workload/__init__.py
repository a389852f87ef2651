"""What each worker carries, in counts, for whoever leads them; never a ranking."""
