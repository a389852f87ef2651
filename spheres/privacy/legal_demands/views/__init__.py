"""What is seen of a legal demand: as it arrives, at the desk, beside the person, from a seat?"""
