"""Which texts of the region, and which help lines, wait for somebody to look at them?"""
