"""What may be typed of a demand?"""

from spheres.privacy.legal_demands.forms.handling import (
    EndForm,
    InformForm,
    OfficerForm,
    PrepareForm,
    PressForm,
    ReceiveForm,
    SeatForm,
    ShowForm,
    StepForm,
    TakeForm,
    VerdictForm,
)
from spheres.privacy.legal_demands.forms.same import SameForm

__all__ = [
    "EndForm",
    "InformForm",
    "OfficerForm",
    "PrepareForm",
    "PressForm",
    "ReceiveForm",
    "SameForm",
    "SeatForm",
    "ShowForm",
    "StepForm",
    "TakeForm",
    "VerdictForm",
]
