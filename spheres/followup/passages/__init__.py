"""Pausing, leaving, coming back, growing up, closing: the passages of a follow-up."""
