"""What is typed in the street without a network, sealed on the telephone and placed later."""
