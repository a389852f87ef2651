"""A partner leaves the programme: each of its people says what comes next, and then it ends."""
