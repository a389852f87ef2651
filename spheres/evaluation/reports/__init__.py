"""What is told of a year that is over: its figures as published, and what they do not say?"""
