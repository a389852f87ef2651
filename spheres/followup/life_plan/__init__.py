"""Her dreams, the goals she agreed on, small steps, and the traces of what was done."""
