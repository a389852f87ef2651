"""What success is, in the eyes of the person: sentences she chooses, changes, never has to."""
