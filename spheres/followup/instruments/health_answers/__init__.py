"""Filled questionnaires that belong to her health: one table, one section of her file."""
