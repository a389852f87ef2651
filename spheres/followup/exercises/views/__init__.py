"""What is seen of exercises: their sheets, and the pictures made of several sheets?"""

from spheres.followup.exercises.views import pictures, sheets

__all__ = ["pictures", "sheets"]
