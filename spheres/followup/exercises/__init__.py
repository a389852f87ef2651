"""Exercises: what she fills in, alone or with her worker, at her pace and in her words."""
