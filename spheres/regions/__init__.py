"""What a region is: its words, its help lines, its delays, its texts. Data, from a folder."""
