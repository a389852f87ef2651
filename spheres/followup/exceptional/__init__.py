"""When a life may be in danger: an hour, by whoever can name the person; reviewed by another."""
