"""What do partners hold to be good practice, on what does it rest, when is it reviewed?"""
