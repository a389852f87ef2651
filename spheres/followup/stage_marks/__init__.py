"""Stage marks: where she says she is, topic by topic, some day; in any direction, never counted."""
