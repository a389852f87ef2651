"""What is seen of her safety: its sheets, and how they came to be?"""

from spheres.followup.safety_net.views import sheets, trail

__all__ = ["sheets", "trail"]
