"""The person, her files and who is assigned. Low and mute: it knows nobody."""
