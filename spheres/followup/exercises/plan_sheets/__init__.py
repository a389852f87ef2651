"""Filled exercises that belong to her plan: one table, one section of her file."""
