"""What was done, by whom, when: append-only, chained, checkable by a stranger."""
