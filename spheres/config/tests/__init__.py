"""Do the commands and the machinery of a start keep their word?"""
