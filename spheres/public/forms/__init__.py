"""What do the public forms ask? As little as possible, never what happened (programme.md §2.7)."""

from spheres.public.forms.advice import AdviceCodeForm, AdviceForm, AskMoreForm, HowItWasForm
from spheres.public.forms.asking import AddForm, AskForm, BringForm, CodeForm
from spheres.public.forms.attestation import AttestationForm
from spheres.public.forms.for_me import SelfForm
from spheres.public.forms.others import ReferralForm, RelativeForm
from spheres.public.forms.parts import BAIT, FILLED, PublicForm
from spheres.public.forms.receipt import ReceiptForm
from spheres.public.forms.training_request import TrainingCodeForm, TrainingForm

__all__ = [
    "BAIT",
    "FILLED",
    "AddForm",
    "AdviceCodeForm",
    "AdviceForm",
    "AskForm",
    "AskMoreForm",
    "AttestationForm",
    "BringForm",
    "CodeForm",
    "HowItWasForm",
    "PublicForm",
    "ReceiptForm",
    "ReferralForm",
    "RelativeForm",
    "SelfForm",
    "TrainingCodeForm",
    "TrainingForm",
]
