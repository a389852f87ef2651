"""Hand-over (passation): a worker who leaves, with each of her persons."""
