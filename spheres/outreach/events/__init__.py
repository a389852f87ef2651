"""Where is the programme made known, to whom, and what comes of it?"""
