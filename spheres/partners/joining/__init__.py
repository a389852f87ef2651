"""What does one accept when joining the programme, and when may a real person be received?"""
