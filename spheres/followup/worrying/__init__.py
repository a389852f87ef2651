"""A worrying situation under 18: questions to weigh, a call made together, what is kept of it."""
