"""The one calendar of the programme: what is planned together, for whoever works there."""
