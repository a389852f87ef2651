"""Who from outside asks to be trained, and what is answered to them?"""
