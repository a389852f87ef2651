"""Studies and their tables; asking somebody apart; the cards of one person."""
