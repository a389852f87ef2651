"""What do answers that are nobody's share: how they are locked, counted from enough, and drawn?"""
