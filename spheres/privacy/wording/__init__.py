"""The paragraphs of its letters that an organisation words itself."""
