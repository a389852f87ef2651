"""Support to those who accompany: supervision, well-being, and advice to outside professionals."""
