"""Figures by fixed months and quarters, from roll-ups their service fills."""
