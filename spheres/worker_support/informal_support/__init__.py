"""What support do colleagues give each other on the way: a line for oneself, a number for all?"""
