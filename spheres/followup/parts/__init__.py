"""Who does what for a person: the part that each partner takes, since when, and what comes next."""
