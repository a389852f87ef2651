"""What may be typed of a request, and of a letter that arrived?"""

from spheres.privacy.access_requests.forms.handling import (
    STEPS,
    AnswerForm,
    CopyForm,
    HandedForm,
    PressForm,
    SeatForm,
    StepForm,
    WantedForm,
)
from spheres.privacy.access_requests.forms.letters import LetterForm, ShowForm, TakeForm

__all__ = [
    "STEPS",
    "AnswerForm",
    "CopyForm",
    "HandedForm",
    "LetterForm",
    "PressForm",
    "SeatForm",
    "ShowForm",
    "StepForm",
    "TakeForm",
    "WantedForm",
]
