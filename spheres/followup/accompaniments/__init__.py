"""Accompaniments: proceedings she asked to be accompanied in, and what is told with her yes."""
