"""Her own space: the notebook, and what she decides and writes in it."""
