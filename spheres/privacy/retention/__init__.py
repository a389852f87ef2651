"""How long is what was written kept, what becomes of it then, and what forbids to destroy it?"""
