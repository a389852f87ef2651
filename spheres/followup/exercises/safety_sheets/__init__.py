"""Filled exercises that speak of safety: one table, one section of her file."""
