"""Sphères: one programme, six organisations, no shared file."""
