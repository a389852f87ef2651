"""What do those who work together think of it, each alone first, and nobody by name?"""
