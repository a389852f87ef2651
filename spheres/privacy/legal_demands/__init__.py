"""A court, a director or an officer of justice demands what is written: who answers, how, and what goes."""
