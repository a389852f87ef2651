"""What is seen and done of events, one by one and across them?"""
