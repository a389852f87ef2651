"""A study, those who do research, and six people who said yes to it."""

from __future__ import annotations

import pytest

from spheres.evaluation.research.tests.factories import Team, card, of_age, said, study, team
from tests.cast import Cast, follow

NAMES = ("Alix", "Béa", "Cléo", "Dana", "Élie", "Fleur")


@pytest.fixture
def here(cast: Cast) -> Team:
    return team(cast)


@pytest.fixture
def six(here: Team, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Six more people whom Samir accompanies, with a card each, who all say yes."""
    cast, protocol, cards = here.cast, study(here), {}
    for name in NAMES:
        person = follow(name, desk=cast.institute.id, louise=cast.louise, worker=cast.samir)
        of_age(person.file_id, "14-17", by=cast.samir)
        cards[name] = card(protocol, person.file_id, by=cast.samir)
        said(cards[name], True, by=here.officer)
    return cards
