"""Her strengths: what she can do, what she is proud of, thanks, milestones; in her words."""
