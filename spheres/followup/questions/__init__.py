"""A young person asks under a code, and comes back for the answer: nobody knows who they are."""
