"""Past trainings brought in from one list: read, looked at, added, and undone as a whole."""
