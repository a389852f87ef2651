"""What is taught: which topics, for whom, how long, after what, and until when does it hold?"""
