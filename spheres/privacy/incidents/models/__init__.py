"""What is kept of an incident: its entry in the register, and its review once past its time?"""

from spheres.privacy.incidents.models.entries import (
    AboutIncidents,
    Addition,
    Assessment,
    Concerned,
    Happened,
    Incident,
    Information,
    Informed,
    Step,
)
from spheres.privacy.incidents.models.kept import FIVE_YEARS
from spheres.privacy.incidents.models.reviews import (
    IS_HELD,
    NOT_REVIEWED,
    PAST_ITS_TIME,
    Answer,
    Review,
)

__all__ = [
    "FIVE_YEARS",
    "IS_HELD",
    "NOT_REVIEWED",
    "PAST_ITS_TIME",
    "AboutIncidents",
    "Addition",
    "Answer",
    "Assessment",
    "Concerned",
    "Happened",
    "Incident",
    "Information",
    "Informed",
    "Review",
    "Step",
]
