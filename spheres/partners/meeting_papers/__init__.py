"""The papers that those who sit on a committee read before a meeting."""
