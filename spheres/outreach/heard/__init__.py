"""How did whoever refers hear of the programme? Counts of a quarter that is over, no more."""
