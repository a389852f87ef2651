"""What is seen of what is told: prepared, decided, received; and sealed, for another programme?"""

from spheres.followup.disclosures.views import parcel, telling, transfer

__all__ = ["parcel", "telling", "transfer"]
