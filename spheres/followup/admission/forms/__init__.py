"""What may be asked from a referral to an admission? Nothing that proves, nothing that promises."""

from spheres.followup.admission.forms.asking import (
    ABOUT_THEM,
    AGES,
    CONTACT,
    NO_YES,
    NOT_YET,
    TONGUES,
    UNDECIDED,
    WAITS,
    YES,
    AboutThem,
    ContactQuestions,
    Part,
    Questions,
)
from spheres.followup.admission.forms.deciding import (
    AdmissionForm,
    AnswerForm,
    CloseForm,
    DeclineForm,
    OfferForm,
    OwnAgreementForm,
    QuestionForm,
)
from spheres.followup.admission.forms.typed_in import TypedInForm

__all__ = [
    "ABOUT_THEM",
    "AGES",
    "CONTACT",
    "NOT_YET",
    "NO_YES",
    "TONGUES",
    "UNDECIDED",
    "WAITS",
    "YES",
    "AboutThem",
    "AdmissionForm",
    "AnswerForm",
    "CloseForm",
    "ContactQuestions",
    "DeclineForm",
    "OfferForm",
    "OwnAgreementForm",
    "Part",
    "QuestionForm",
    "Questions",
    "TypedInForm",
]
