"""Who sits together, when, about what; and what was promised there?"""
