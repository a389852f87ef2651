"""Psychotherapy notes: sealed, their author’s alone; of the rest, the days she agreed to show."""
