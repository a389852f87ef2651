"""What each person of an organisation signs and learns before files are given to them."""
