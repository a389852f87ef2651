"""Does a text name somebody, or let them be recognised? It warns and explains; it keeps nothing."""
