"""What is told of her outside: frozen, seen by a second person, written in a register she reads."""
