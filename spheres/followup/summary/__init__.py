"""Her one page: what you need to know to help me."""
