"""How are days and hours written in each language? Django reads these by their names."""
