"""What other programmes read of the house: calendars."""
