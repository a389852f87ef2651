"""What another programme sealed for us, with a person's agreement: opened, and placed in a file."""
