"""Activities: sport, culture, art; about nobody, with a list that is gone the next day."""
