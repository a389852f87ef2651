"""What she shares with a partner, for what and until when; and what a partner reads of it."""
