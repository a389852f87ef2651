"""Planned meetings: a day, an hour, a way of meeting; moved, held, missed without blame."""
