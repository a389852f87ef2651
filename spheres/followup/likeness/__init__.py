"""Two referrals that may be of one person: found without a name, decided with her."""
