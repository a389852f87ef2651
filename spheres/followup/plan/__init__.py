"""Her plan: what all the tools made with her, on one page and on paper; nothing of it is asked."""
