"""Birthdays that change something: told ahead, and nothing closes by itself."""
