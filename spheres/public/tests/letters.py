"""What do the people of these tests write? Whole, good forms, to be spoilt one answer at a time."""

from __future__ import annotations

import re

SELF = {
    "chosen_name": "Lou",
    "pronouns": "elle",
    "age_band": "14-17",
    "language": "fr",
    "interpreter": "",
    "channel": "text",
    "reach": "438 555-0117",
    "hours": "15 h 30 à 17 h",
    "words": "« Un café cette semaine? », signé « Sam »",
    "never": "Jamais d’appel",
    "wish": "Dormir tranquille.",
    "urgent": "no",
    "urgent_words": "",
}
REFERRAL = SELF | {
    "referrer_name": "Mireille Fortin",
    "referrer_role": "psychoéducatrice",
    "referrer_organisation": "École des Rives",
    "referrer_contact": "mireille@example.org",
    "aware": "yes",
}
RELATIVE = SELF | {
    "knows": "yes",
    "relation": "parent",
    "referrer_name": "Denise",
    "referrer_contact": "",
}
ADVICE = {
    "age_band": "14-17",
    "worries": "Une élève manque l’école et revient avec un téléphone neuf.",
    "tried": "",
    "role": "psychoéducatrice",
    "category": "must_all",
    "asks_for": "alone",
    "answer_by": "PHONE",
    "reach": "450 555-0142, le midi",
}
TRAINING = {
    "environment": "school",
    "organisation": "École des Rives",
    "people": "12",
    "group": "L’équipe du deuxième cycle",
    "needs": "Savoir accueillir une confidence sans brusquer.",
    "dates": "un jeudi d’avril",
    "place": "THERE",
    "where": "au village",
    "language": "fr",
    "reach": "450 555-0142, le midi",
}
ASK = {"words": "Est-ce que je peux vous parler sans que mes parents le sachent?", "nickname": ""}
BY_PATH = {
    "/ask/": ASK,
    "/for-me/": SELF,
    "/referral/": REFERRAL,
    "/relative/": RELATIVE,
    "/advice/": ADVICE,
    "/training/": TRAINING,
}


def form_id(response) -> str:
    """The signed identifier that a shown page carries."""
    return re.search(r'name="form_id" value="([^"]+)"', response.content.decode())[1]


def looked(response) -> str:
    """The mark that says these words were pointed out."""
    return re.search(r'name="looked" value="([^"]+)"', response.content.decode())[1]


def number_in(response) -> str:
    """The acknowledgement number of a receipt."""
    return re.search(r"[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}", main_of(response))[0]


def code_in(response) -> str:
    """The code of a receipt: three groups of four."""
    group = "[2-9A-HJKMNP-Z]{4}"
    return re.search(rf"{group}-{group}-{group}", main_of(response))[0]


def main_of(response) -> str:
    """What the page says, without its tags."""
    main = response.content.decode().split("<main", 1)[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
