"""What is each partner, what does it expect of the others, and which agreements bind them?"""
