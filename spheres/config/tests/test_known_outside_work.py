"""A reader who knows somebody outside work says so by one press: what closes, and to whom?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from spheres.accounts.models import Role
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import Actor
from spheres.followup.code_words.tests import test_code_words as words
from spheres.followup.consents.tests import factories as consents
from spheres.followup.disclosures.tests import factories as disclosed
from spheres.followup.therapy_requests.tests import test_asking as therapy
from spheres.followup.therapy_requests.tests import test_begun as begun
from spheres.followup.withdrawals import policy
from spheres.interop.ical import actions as calendar
from spheres.interop.ical.tests.asked import hours, plan
from spheres.interop.ical.tests.asked import say as allow
from spheres.participants.models import Assignment
from spheres.records.between import knowing
from spheres.sharing import actions as sharing
from spheres.sharing.models import Conflict, Recognised
from spheres.sharing.tests.test_protecting import bar_yanick
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of, yanick_answers_for_ines
from tests.committees import QUESTION, VIGNETTE, agenda_of, bring, convene
from tests.pages import Page, signed_in, untranslated

pytestmark = pytest.mark.django_db
DOOR = "/withdrawn/"


@dataclass(frozen=True)
class Read:
    """A page on which `who` reads something of Maya."""

    who: Actor
    kind: str
    pk: UUID
    page: str


def while_ines_is_away(cast: Cast) -> Read:
    yanick_answers_for_ines(cast, "STAND_IN")
    page = reverse("dossier:file", args=[cast.maya.file_id])
    return Read(cast.yanick, "file", cast.maya.file_id, page)


def by_her_word(cast: Cast) -> Read:
    words.agree_on("sirop", cast.maya.file_id, by=cast.ines)
    words.say(cast, "sirop", at=TUESDAY)
    with acting(cast.yanick, TUESDAY):
        [said] = Recognised.objects.values_list("pk", flat=True)
    return Read(cast.yanick, "word", said, reverse("code_words:opened", args=[said]))


def at_a_partner(cast: Cast) -> Read:
    consent = consents.share(cast)
    return Read(cast.samir, "shared", consent, reverse("consents:shared", args=[consent]))


def asked_for_a_therapy(cast: Cast) -> Read:
    therapy.agree(cast)
    therapy.ask(cast)
    return Read(cast.amrani, "shared", therapy.ASKING, therapy.ANSWER)


def in_a_therapy(cast: Cast) -> Read:
    therapy.agree(cast)
    begun.ask(cast)
    file_id = begun.accept(cast.amrani)
    assert file_id is not None
    return Read(cast.amrani, "file", file_id, reverse("dossier:file", args=[file_id]))


def told_to_the_police(cast: Cast) -> Read:
    one = disclosed.prepare(cast, disclosed.to_roy(cast))
    disclosed.decide(one, cast.karim)
    return Read(cast.roy, "told", one.pk, reverse("disclosures:told", args=[one.pk]))


def in_a_vignette(cast: Cast) -> Read:
    item = bring(cast, convene(cast))
    return Read(cast.samir, "item", item, reverse("committees:item", args=[item]))


def for_an_hour(cast: Cast) -> Read:
    yanick_answers_for_ines(cast, "STAND_IN")
    hour = uuid_of("tonight")
    with acting(cast.yanick, TUESDAY):
        told = sharing.open_exceptionally(hour, cast.maya.file_id, ground="LIFE", by=cast.yanick)
    assert told == "OPENED"
    return Read(cast.yanick, "hour", hour, reverse("exceptional:opened", args=[hour]))


def for_an_hour_although_barred(cast: Cast) -> Read:
    bar_yanick(cast)
    return for_an_hour(cast)


WAYS: dict[str, Callable[[Cast], Read]] = {
    "stand-in": while_ines_is_away,
    "code word": by_her_word,
    "partner": at_a_partner,
    "asked": asked_for_a_therapy,
    "therapy": in_a_therapy,
    "police": told_to_the_police,
    "vignette": in_a_vignette,
    "hour": for_an_hour,
    "hour, barred": for_an_hour_although_barred,
}


@pytest.fixture(params=WAYS)
def read(request: pytest.FixtureRequest, cast: Cast) -> Read:
    return WAYS[request.param](cast)


def where(read: Read) -> str:
    return reverse("withdrawals:known", args=[read.kind, read.pk])


def client_of(who: Actor, language: str = "fr") -> Client:
    return signed_in(who, at=TUESDAY, language=language)


def get(client: Client, address: str) -> Any:
    with clock.at(TUESDAY):
        return client.get(address)


def press(client: Client, address: str) -> tuple[dict[str, str], Any]:
    with clock.at(TUESDAY):
        fields = Page(client.get(address).content.decode()).fields
        sent = {name: fields[name] for name in ("form_id", "csrfmiddlewaretoken") if name in fields}
        return sent, client.post(address, sent)


def main(answer: Any) -> str:
    text = str(answer.content.decode())
    return text[text.index("<main") :]


def test_the_page_closes_at_the_next_statement_for_good_and_leads_to_one_word(
    cast: Cast, read: Read
) -> None:
    client = client_of(read.who)
    before = get(client, read.page)
    asked = get(client, where(read))

    sent, said = press(client, where(read))

    assert before.status_code == 200
    assert where(read) in main(before)
    assert (asked.status_code, "Maya" in main(asked)) == (200, False)  # nothing of her opens here
    assert (said.status_code, said["Location"]) == (302, DOOR)
    gone = [get(client, address) for address in (read.page, where(read))]
    assert [one.status_code for one in gone] == [404, 404]
    with clock.at(TUESDAY):
        again = client.post(where(read), sent)
        done = client.get(again["Location"])
    assert (again["Location"], done.status_code) == (DOOR, 200)  # sent twice, it is said once
    with acting(read.who, TUESDAY):
        assert Conflict.objects.count() == 1
        mine = Event.objects.filter(chain_id=read.who.user_id, action="conflict.declared")
        assert mine.count() == 1
    later = TUESDAY + timedelta(minutes=90)
    with clock.at(later):
        assert signed_in(read.who, at=later).get(read.page).status_code == 404


def test_nothing_changes_for_anyone_else(cast: Cast, read: Read) -> None:
    hers = reverse("dossier:file", args=[cast.maya.file_id])
    before = main(get(client_of(cast.ines), f"{hers}who/")).count("Inès")

    press(client_of(read.who), where(read))

    assert get(client_of(cast.ines), hers).status_code == 200
    assert main(get(client_of(cast.ines), f"{hers}who/")).count("Inès") == before
    with acting(cast.ines, TUESDAY):
        assert not Conflict.objects.exists()
        assert not Event.objects.filter(
            chain_id=cast.maya.file_id, action="conflict.declared"
        ).exists()


def test_no_one_else_finds_the_page_and_it_is_what_does_not_exist(cast: Cast, read: Read) -> None:
    others = [cast.nadia, cast.karim] if read.who != cast.karim else [cast.nadia]
    for who in others:
        client = client_of(who)
        hers, nobodys = (
            get(client, where(read)),
            get(client, reverse("withdrawals:known", args=[read.kind, uuid4()])),
        )
        assert (hers.status_code, main(hers)) == (404, main(nobodys))
        with clock.at(TUESDAY):
            assert client.post(where(read)).status_code == 404


def test_it_is_said_in_both_languages(read: Read) -> None:
    with untranslated() as missing:
        french, english = (get(client_of(read.who, one), where(read)) for one in ("fr", "en"))

    assert "Je connais cette personne" in main(french)
    assert "I know this person" in main(english)
    assert missing == set()


def test_whoever_accompanies_her_withdraws_instead(cast: Cast) -> None:
    """Alone with her, she says first who goes on: this page would leave nobody beside her."""
    address = reverse("withdrawals:known", args=["file", cast.maya.file_id])

    assert get(client_of(cast.ines), address).status_code == 404
    page = main(get(client_of(cast.ines), reverse("dossier:file", args=[cast.maya.file_id])))
    assert reverse("withdrawals:withdraw", args=[cast.maya.file_id]) in page
    assert address not in page


def test_a_word_that_names_no_page_opens_nothing(cast: Cast) -> None:
    address = reverse("withdrawals:known", args=["nowhere", cast.maya.file_id])

    assert get(client_of(cast.ines), address).status_code == 404
    assert knowing.reading("nowhere") is None


def test_it_leaves_lists_the_agenda_the_calendar_and_the_item_at_once(cast: Cast) -> None:
    """Samir reads Maya three ways; he says it on one page, and the others close as well."""
    meeting = convene(cast)
    bring(cast, meeting)
    shared = at_a_partner(cast)
    client = client_of(cast.samir)
    before = main(get(client, "/sharing/"))
    assert agenda_of(cast.samir, meeting, TUESDAY) == [QUESTION]

    press(client, where(shared))

    after = main(get(client, "/sharing/"))
    assert ("Maya" in before, "Maya" in after) == (True, False)
    assert agenda_of(cast.samir, meeting, TUESDAY) == [""]
    item = reverse("committees:item", args=[VIGNETTE])
    assert get(client, item).status_code == 404
    assert agenda_of(cast.ines, meeting, TUESDAY) == [QUESTION]
    assert agenda_of(cast.amrani, meeting, TUESDAY) == [QUESTION]


def test_of_a_vignette_it_closes_what_is_shared_of_her_too(cast: Cast) -> None:
    vignette, shared = in_a_vignette(cast), at_a_partner(cast)
    client = client_of(cast.samir)

    press(client, where(vignette))

    assert get(client, shared.page).status_code == 404
    with acting(cast.samir, TUESDAY):
        known = list(Conflict.objects.values_list("file_id", flat=True))
    assert known == [VIGNETTE]  # of which file it speaks is not said to them, even now


@pytest.mark.parametrize("said_in", ["their own", "the other"])
def test_whoever_began_a_file_with_her_reads_neither_file_any_more(
    cast: Cast, said_in: str
) -> None:
    own = in_a_therapy(cast)
    asked = Read(cast.amrani, "shared", therapy.ASKING, therapy.ANSWER)
    client = client_of(cast.amrani)
    before = [get(client, one.page).status_code for one in (own, asked)]

    press(client, where(own if said_in == "their own" else asked))

    assert before == [200, 200]
    assert [get(client, one.page).status_code for one in (own, asked)] == [404, 404]
    assert (
        get(client_of(cast.ines), reverse("dossier:file", args=[cast.maya.file_id])).status_code
        == 200
    )


def test_of_a_vignette_marked_with_nobody_the_answer_is_the_same(cast: Cast) -> None:
    meeting = convene(cast)
    item = bring(cast, meeting, about=None)
    shared = at_a_partner(cast)
    client = client_of(cast.samir)

    _sent, said = press(client, reverse("withdrawals:known", args=["item", item]))

    assert (said.status_code, said["Location"]) == (302, DOOR)
    assert agenda_of(cast.samir, meeting, TUESDAY) == [""]
    assert get(client, shared.page).status_code == 200


def test_whoever_brought_an_item_and_a_subject_have_no_such_page(cast: Cast) -> None:
    meeting = convene(cast)
    mine = bring(cast, meeting)
    subject = bring(cast, meeting, uuid4(), mode="SUBJECT", about=None)
    asked = [(cast.ines, mine), (cast.samir, subject)]

    for who, item in asked:
        address = reverse("withdrawals:known", args=["item", item])
        assert get(client_of(who), address).status_code == 404
        with acting(who, TUESDAY), connection.cursor() as cursor:
            cursor.execute("select access.step_out(%s, %s)", [item, uuid4()])
            assert cursor.fetchone() == (False,)


def test_whoever_does_not_sit_there_steps_out_of_nothing(cast: Cast) -> None:
    bring(cast, convene(cast))

    with acting(cast.nadia, TUESDAY), connection.cursor() as cursor:
        cursor.execute("select access.step_out(%s, %s)", [VIGNETTE, uuid4()])
        assert cursor.fetchone() == (False,)
        assert not Conflict.objects.exists()


def test_a_stand_in_no_longer_finds_her_among_those_they_answer_for_nor_in_the_calendar(
    cast: Cast,
) -> None:
    read = while_ines_is_away(cast)
    allow(cast)
    plan(cast, TUESDAY + timedelta(hours=4))
    with acting(cast.yanick):
        token = calendar.make(uuid4(), by=cast.yanick, at=MONDAY)
    client = client_of(cast.yanick)
    before = main(get(client, "/absences/people/")), hours(token, TUESDAY)

    press(client, where(read))

    after = main(get(client, "/absences/people/")), hours(token, TUESDAY)
    assert ("Maya" in before[0], "Maya" in after[0]) == (True, False)
    assert after[1] == []
    with acting(cast.ines, TUESDAY):
        assert Assignment.objects.filter(user_id=cast.ines.user_id, ends_at=None).count() == 1


@pytest.mark.parametrize("role", [*Role])
def test_any_role_may_say_it(role: Role) -> None:
    assert policy.can_say_known(Actor(uuid4(), uuid4(), frozenset({role})))


def test_a_visitor_and_a_service_say_nothing() -> None:
    assert not policy.can_say_known(Actor(UUID(int=0), UUID(int=0), frozenset({"visitor"})))
    assert not policy.can_say_known(Actor(uuid4(), uuid4(), frozenset({"service:sealer"})))
