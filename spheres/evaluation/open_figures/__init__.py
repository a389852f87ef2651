"""What does the programme publish each year, for everybody?"""
