"""The shared shape of everything written in a file: records, drafts, and their one registry."""
