"""What does one see of an incident: its entry, the register, a lost device, its review?"""

from spheres.privacy.incidents.views.entries import (
    beside,
    close,
    colleague,
    concerned,
    detail,
    index,
    item,
    letter,
    lost,
    lost_by,
    paper,
    paper_of_register,
    tell,
)
from spheres.privacy.incidents.views.reviews import answer, propose, reviews

__all__ = [
    "answer",
    "beside",
    "close",
    "colleague",
    "concerned",
    "detail",
    "index",
    "item",
    "letter",
    "lost",
    "lost_by",
    "paper",
    "paper_of_register",
    "propose",
    "reviews",
    "tell",
]
