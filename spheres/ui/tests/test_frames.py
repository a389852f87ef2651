"""Is what surrounds a page the same for the same roles, and nobody's but her own for the rest?"""

from uuid import UUID, uuid4

import pytest
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from spheres.core.actor import Actor
from spheres.ui import addresses, frames

CENTRE, ELSEWHERE = UUID(int=11), UUID(int=12)


class Visit:
    def __init__(self, organisation_name):
        self.organisation_name = organisation_name


def asked(path="/people/", *, role="youth_worker", organisation=CENTRE, name="La Maison"):
    request = RequestFactory().get(path)
    request.actor = Actor(uuid4(), organisation, frozenset({role}))
    request.visit = Visit(name)
    return request


@pytest.fixture(autouse=True)
def _nothing_kept():
    frames.of.cache_clear()
    with translation.override("fr"):
        yield
    frames.of.cache_clear()


def test_two_workers_of_one_place_are_shown_one_frame_drawn_once():
    first, second = frames.around(asked()), frames.around(asked())

    assert (first.rail, first.shortcuts) == (second.rail, second.shortcuts)
    assert frames.of.cache_info().misses == 1


def test_a_kept_frame_holds_no_token_and_no_address_of_anybody():
    kept = frames.of("fr", asked().actor, "La Maison", "/people/")

    mine = frames.with_own_words(kept, token="t" * 64, page='/people/?q="é"')

    assert "t" * 64 not in kept.bar
    assert mine.bar.count('value="' + "t" * 64 + '"') == kept.bar.count(frames.TOKEN) == 4
    assert mine.bar.count('name="next" value="/people/?q=&quot;é&quot;"') == 1
    assert (frames.TOKEN in mine.bar, frames.PAGE in mine.bar) == (False, False)


@pytest.mark.parametrize(
    "other",
    [
        asked(role="coordinator"),
        asked(organisation=ELSEWHERE),
        asked(name="Ailleurs"),
        asked("/"),
    ],
    ids=["role", "organisation", "name of the organisation", "place"],
)
def test_another_role_organisation_or_place_has_its_own_frame(other):
    frames.around(asked())
    frames.around(other)

    assert frames.of.cache_info().misses == 2


def test_the_other_language_has_its_own_frame():
    french = frames.around(asked()).rail
    with translation.override("en"):
        english = frames.around(asked()).rail

    assert ("Mon monde" in french or "Personnes" in french, "People" in english) == (True, True)
    assert french != english


def test_an_address_worked_out_once_is_the_one_django_gives():
    file_id, note_id = uuid4(), uuid4()
    names = [
        ("dossier:people",),
        ("dossier:file", file_id),
        ("notes:detail", file_id, note_id),
        ("accounts:welcome", "a.token"),
    ]

    assert [addresses.to(*one) for one in names] == [
        reverse(name, args=ids) for name, *ids in names
    ]


def test_a_page_that_does_not_exist_has_no_address():
    with pytest.raises(NoReverseMatch):
        addresses.to("dossier:nowhere", uuid4())
