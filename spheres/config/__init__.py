"""Settings, addresses, and what starts the whole: the top of the house."""
