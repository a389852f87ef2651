"""What does she see of her notebook, and her worker beside her?"""
