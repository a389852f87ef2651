"""Whose rights to speak for her are suspended, on which ground, and who looks at it again?"""
