"""Planned absences and their stand-ins, and who is on call."""
