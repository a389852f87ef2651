"""How does the programme go on after a fire, a theft, a lost key? By copies."""
