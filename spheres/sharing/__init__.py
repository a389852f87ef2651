"""Who may see what: the rule table, its compilation, and the questions asked of the database."""
