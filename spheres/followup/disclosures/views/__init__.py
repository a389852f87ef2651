"""What is seen of what is told: prepared, decided, received; and sealed, for another programme?"""

from spheres.followup.disclosures.views import parcel, telling

__all__ = ["parcel", "telling"]
