"""Asking a partner for a psychotherapy: the summary she approved, and then only days."""
