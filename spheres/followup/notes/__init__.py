"""A note: what happened, in her words first. The reference folder; copy its shape."""
