"""How do those who meet young people learn what the programme knows?"""
