"""From a referral to a follow-up: one process, one table of moves."""
