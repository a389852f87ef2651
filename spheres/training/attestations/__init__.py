"""Who was trained, in what, on which day and until when does it hold?"""
