"""Who holds the psychotherapy notes of a colleague who is gone, and how are they read?"""
