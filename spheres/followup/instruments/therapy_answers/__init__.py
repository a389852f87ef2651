"""Filled questionnaires of a psychotherapist, sealed: one table, one section of her file."""
