"""What was done, seen from afar: figures, reports, research. No name comes this far."""
