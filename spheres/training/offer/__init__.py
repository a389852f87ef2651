"""What does the programme offer to teach in a year, where and in which language?"""
