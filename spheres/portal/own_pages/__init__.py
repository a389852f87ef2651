"""What she writes for herself alone, in her notebook: nobody of the house can read it."""
