"""What good does one colleague say to another? A word, between the two."""
