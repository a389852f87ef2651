"""A court or another body demands what is written: who answers it, how, and what goes?"""
