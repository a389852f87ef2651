"""How she may be reached without danger: agreed with her, shown everywhere, and held to."""
