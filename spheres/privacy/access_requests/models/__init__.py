"""What is kept of an access request, and of the letters that arrive where nobody reads files?"""

from spheres.privacy.access_requests.models.asked import (
    AccessRequest,
    Age,
    Asker,
    Keep,
    RequestStatus,
    Step,
    Wish,
)
from spheres.privacy.access_requests.models.deciding import Decision, Ground, Outcome
from spheres.privacy.access_requests.models.letters import Letter, LetterAnswer, Passed

__all__ = [
    "AccessRequest", "Age", "Asker", "Decision", "Ground", "Keep", "Letter", "LetterAnswer",
    "Outcome", "Passed", "RequestStatus", "Step", "Wish",
]  # fmt: skip
