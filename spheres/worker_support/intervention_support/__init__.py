"""Advice to an outside professional about a young person whom nobody names."""
