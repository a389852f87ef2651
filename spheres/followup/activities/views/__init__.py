"""What does one see of what the organisation offers, and of what it was for her?"""

from spheres.followup.activities.views import shared, taking_part, together

__all__ = ["shared", "taking_part", "together"]
