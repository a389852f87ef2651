"""Which works do partners lean on, what is each worth, and does its link still open?"""
