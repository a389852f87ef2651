"""Clinical supervision: a slot that is offered and asked for, and a note that two people read."""
