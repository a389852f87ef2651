"""How fast are the pages a worker uses, next to what the machine could do? `run.py bench`."""
