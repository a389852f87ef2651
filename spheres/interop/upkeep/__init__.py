"""What the machine does by itself: which work waits, which stopped, and the way to try it again."""
