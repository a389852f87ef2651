"""A life may be in danger: call first, write after; then look at it again, and tell her."""
