"""The yearly look at who has access to what in an organisation."""
