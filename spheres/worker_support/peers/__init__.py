"""Which colleague offers to be reached, and what do colleagues find among themselves?"""
