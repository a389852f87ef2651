"""What does she say of her own file, from her notebook: who sees it, what she shares, asks?"""
