"""Which invented words does the gallery show? (No person, no place, nothing from a real file.)"""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import fields, frames
from .forms import Form
from .navigation import Way, Words

LONG_NAME = "Marie-Ève Désirée Saint-Pierre-Deschênes de la Durantaye-Roy"  # sixty characters
RIGHT_TO_LEFT_NAME = "ليلى منصور"


@dataclass(frozen=True)
class Answer:
    """Stands for the decisions that policies give."""

    allowed: bool
    reason: Words = ""


class SampleForm(Form):
    name = fields.TextField(
        label=_("Chosen name"),
        hint=_("The name this person wants to hear, whatever the papers say."),
        max_length=60,
        width="half",
    )
    language = fields.SelectField(
        label=_("Language"),
        choices=[
            ("", _("Choose")),
            ("fr", "Français"),
            ("en", "English"),
            ("unknown", _("Not asked")),
        ],
        width="half",
    )
    channel = fields.RadiosField(
        label=_("How may we get in touch without danger?"),
        hint=_("Only what was said face to face."),
        choices=[
            ("text", _("By text message only")),
            ("call", _("By telephone")),
            ("none", _("Not at all for now")),
            ("unknown", _("Prefers not to say")),
        ],
    )
    wishes = fields.ChecksField(
        label=_("What would help now?"),
        required=False,
        choices=[
            ("sleep", _("A place to sleep")),
            ("health", _("Seeing a nurse or a doctor")),
            ("papers", _("Getting papers back")),
            ("talk", _("Talking with someone")),
        ],
    )
    met_on = fields.DayField(
        label=_("Day of the meeting"),
        hint=_("Example: 21, 11, 2026"),
        latest=datetime.date(2026, 12, 31),
    )
    people = fields.NumberField(
        label=_("How many people were there?"), required=False, min_value=0, max_value=500
    )
    her_words = fields.LongTextField(
        label=_("In her own words"), hint=_("As she said it. She can read this."), required=False
    )
    agreed = fields.AgreeField(label=_("I read this text with the person"))


class OneQuestion(Form):
    town = fields.TextField(
        label=_("In which neighbourhood do you feel at ease?"),
        hint=_("A neighbourhood is enough, no address."),
        required=False,
        width="half",
    )


TYPED_BADLY = {
    "name": LONG_NAME,
    "language": "",
    "met_on_day": "31",
    "met_on_month": "2",
    "met_on_year": "2026",
    "people": "beaucoup",
    "her_words": "« J’aimerais ça qu’on m’écoute avant de me proposer quelque chose. »",
    "wishes": ["sleep"],
}


def rail():
    """The seven ways, longest words included."""
    entries = [
        ("my-day", _("My day"), "sun", "g d"),
        ("people", _("People"), "people", "g p"),
        ("desk", _("Desk"), "desk", ""),
        ("partners", _("Partners"), "hands", ""),
        ("training", _("Training & outreach"), "book", ""),
        ("support", _("Support"), "cup", ""),
        ("figures", _("Figures"), "chart", ""),
    ]
    return [
        Way(slug, label, f"#{slug}", icon, keys, here=slug == "people")
        for slug, label, icon, keys in entries
    ]


def quick():
    entries = [
        ("contact", _("A contact"), "message"),
        ("need", _("An urgent need"), "clock"),
        ("step", _("A next step"), "path"),
    ]
    return [Way(slug, label, "#actions", icon) for slug, label, icon in entries]


def world():
    """All that the gallery's pages draw."""
    wrong = SampleForm(TYPED_BADLY | {"form_id": SampleForm().signed_id})
    asked = SampleForm(
        auto_id="empty_%s",
        initial={"met_on": datetime.date(2026, 11, 21), "name": RIGHT_TO_LEFT_NAME},
    )
    return {
        "frame": frames.drawn(
            ways=rail(),
            quick_ways=quick(),
            bar={"search": "#search", "lock": "#lock", "sign_out": "#sign-out"},
            organisation=_("Rivière-aux-Saules youth centre"),
        ),
        "demo": True,
        "asked": asked,
        "wrong": wrong,
        "one_question": OneQuestion(auto_id="one_%s"),
        "yes": Answer(True),
        "no": Answer(False, _("Only its author can sign this note.")),
        "never": Answer(False),
        "long_name": LONG_NAME,
        "trail": [(_("People"), "#people"), (LONG_NAME, "#file")],
        "tabs": [
            (_("Summary"), "#summary", True),
            (_("Notes and meetings"), "#notes", False),
            (_("Next steps"), "#steps", False),
            (_("Consents"), "#consents", False),
        ],
        "steps": [_("You"), _("The young person"), _("What would help"), _("Check and send")],
        "pairs": [
            (_("Chosen name"), LONG_NAME),
            (_("Pronouns"), _("she, her")),
            (_("Language"), "Français"),
            (_("Allergies"), ""),
        ],
        "columns": [_("Organisation"), _("Young people met"), _("Meetings")],
        "rows": [
            [_("Rivière-aux-Saules youth centre"), "38", "112"],
            [_("Bridge House, support for young people leaving home"), "17", "64"],
            [_("School board"), "—", _("fewer than 5")],
        ],
        "number_columns": (2, 3),
        "icons": ICON_WORDS,
        "areas": ["sage", "sky", "clay", "plum", "teal", "ochre", "slate"],
    }


ICON_WORDS = [
    ("sun", _("My day")),
    ("people", _("People")),
    ("desk", _("Desk")),
    ("hands", _("Partners")),
    ("book", _("Training & outreach")),
    ("cup", _("Support")),
    ("chart", _("Figures")),
    ("eye", _("Who can see")),
    ("lock", _("Lock")),
    ("door", _("Quick exit")),
    ("search", _("Search")),
    ("add", _("Add")),
    ("check", _("Done")),
    ("clock", _("Waiting")),
    ("calendar", _("Meeting")),
    ("phone", _("Telephone")),
    ("message", _("Message")),
    ("note", _("Note")),
    ("write", _("Write")),
    ("amber", _("Look at this")),
    ("info", _("To know")),
    ("question", _("Not asked")),
    ("arrow", _("Next")),
    ("back", _("Back")),
    ("close", _("Close")),
    ("home", _("A place to sleep")),
    ("key", _("Consents")),
    ("leaf", _("Strengths")),
    ("moon", _("On-call nights")),
    ("more", _("More")),
    ("path", _("Next steps")),
    ("print", _("Print")),
    ("shield", _("Safety")),
    ("sphere", _("Spheres of life")),
    ("star", _("Dreams")),
    ("trash", _("Erase")),
]
