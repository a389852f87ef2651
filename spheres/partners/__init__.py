"""How do organisations that are strangers to each other work as one?"""
