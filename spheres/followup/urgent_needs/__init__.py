"""Urgent needs: something to eat, a place to sleep, today; and what came of it."""
