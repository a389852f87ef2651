"""Who she says she is: her name, her pronouns, her languages, her gender, in her words."""
