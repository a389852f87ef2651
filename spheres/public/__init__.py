"""The public pages: no account, no cookie, no JavaScript needed."""
