"""Accompaniments: say here, in one line, what this kind of record is for."""
