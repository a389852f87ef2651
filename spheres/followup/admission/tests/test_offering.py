"""Is a referral offered to those who may take it on, never the police, and taken back at will?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from spheres.accounts.models import Membership, Role, User
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import VISITOR, Actor, service
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.admission import actions, policy, queries
from spheres.followup.admission.models import Offer, Referral, ReferralStatus
from spheres.followup.admission.queries import to_whom
from spheres.participants.models import File
from spheres.sharing import actions as sharing
from spheres.sharing.models import Cover, Handler
from tests.cast import LOADER, MONDAY, TUESDAY, acting, add_person, refer, uuid_of
from tests.pages import signed_in

EXPIRY = service("expiry")
OFFER = uuid_of("offer of Léa")
Status = ReferralStatus.Status


@pytest.fixture
def lea(cast):
    """Léa's referral, offered to Samir."""
    file_id = refer("Léa", desk=cast.institute.id)
    offer(cast, file_id, cast.samir)
    return file_id


def offer(cast, file_id, to, offer_id=OFFER):
    with acting(cast.louise):
        actions.offer(file_id, to=to.user_id, offer_id=offer_id, by=cast.louise, at=MONDAY)


def status_of(file_id):
    with acting(EXPIRY):
        return queries.standing(file_id, actor=EXPIRY).get().status


def offers_of(cast, file_id):
    with acting(cast.louise):
        return [row.status for row in queries.offers_made(file_id, actor=cast.louise)]


def what_is_offered_to(actor, at=MONDAY):
    with acting(actor, at):
        return len(queries.open_offers(actor=actor)), Referral.objects.count()


def ask(browser, path, data=None, at=MONDAY):
    with clock.at(at):
        return browser.get(path) if data is None else browser.post(path, data)


def seal_of(browser, file_id):
    """The identifier of the last form of the desk's page."""
    page = ask(browser, f"/desk/{file_id}/").content.decode()
    return re.findall(r'name="form_id" value="([^"]+)"', page)[-1]


def refusals_of(actor):
    with acting(actor):
        return Event.objects.filter(actor_id=actor.user_id, action="refused", basis="404").count()


@pytest.mark.parametrize("outcome", ["withdrawn_without_agreement", "withdrawn_by_person"])
def test_a_referral_closed_at_the_desk_is_shown_to_nobody_it_was_offered_to(cast, lea, outcome):
    louise, samir = signed_in(cast.louise), signed_in(cast.samir)

    ask(louise, f"/desk/{lea}/close/", {"form_id": seal_of(louise, lea), "outcome": outcome})

    assert status_of(lea) == Status.WITHDRAWN
    assert offers_of(cast, lea) == [Offer.Status.TAKEN_BACK]
    assert what_is_offered_to(cast.samir) == (0, 0)
    assert ask(samir, f"/offers/{OFFER}/").status_code == 404
    assert f"/offers/{OFFER}/" not in ask(samir, "/").content.decode()


def test_a_referral_oriented_elsewhere_takes_its_offer_back_too(cast, lea):
    with acting(cast.louise):
        actions.close(lea, to=Status.ORIENTED, reason="elsewhere", by=cast.louise, at=MONDAY)

    assert what_is_offered_to(cast.samir) == (0, 0)
    with acting(EXPIRY):
        assert not Handler.objects.filter(matter_id=lea, ends_at=None).exists()


def test_a_worker_with_an_offer_cannot_say_that_she_met_the_person(cast, lea):
    with acting(cast.louise):
        actions.close(lea, to=Status.WITHDRAWN, reason="other", by=cast.louise, at=MONDAY)
    other = refer("Zoé", desk=cast.institute.id)
    offer(cast, other, cast.samir, uuid_of("offer of Zoé"))
    samir = signed_in(cast.samir)

    answers = [ask(samir, f"/files/{file_id}/met/", {}).status_code for file_id in (lea, other)]

    assert answers == [404, 404]
    assert [status_of(lea), status_of(other)] == [Status.WITHDRAWN, Status.OFFERED]


def test_the_desk_takes_an_offer_back_and_offers_again(cast, lea):
    louise = signed_in(cast.louise)
    page = ask(louise, f"/desk/{lea}/").content.decode()
    path = reverse("admission:take_back", args=[lea, OFFER])
    assert f'action="{path}"' in page
    assert "Reprendre la proposition" in page
    assert f'value="{cast.samir.user_id}"' not in page

    answer = ask(louise, path, {})

    assert (answer.status_code, answer["Location"]) == (302, f"/desk/{lea}/")
    assert status_of(lea) == Status.RECEIVED
    assert what_is_offered_to(cast.samir) == (0, 0)
    offer(cast, lea, cast.ines, uuid_of("second offer"))
    assert what_is_offered_to(cast.ines)[0] == 1
    assert offers_of(cast, lea).count(Offer.Status.OPEN) == 1


def test_nobody_has_the_same_offer_twice(cast, lea):
    with pytest.raises(NotAllowed) as told:
        offer(cast, lea, cast.samir, uuid_of("second offer"))

    assert str(told.value.reason) == "Cette personne a déjà cette proposition."
    assert offers_of(cast, lea) == [Offer.Status.OPEN]


def test_the_same_offer_sent_twice_is_one_offer(cast, lea):
    offer(cast, lea, cast.samir)

    assert offers_of(cast, lea) == [Offer.Status.OPEN]


def test_only_the_coordination_takes_an_open_offer_back(cast, lea):
    for who in (cast.samir, cast.ines, cast.karim, cast.roy):
        path = reverse("admission:take_back", args=[lea, OFFER])
        assert ask(signed_in(who), path, {}).status_code == 403
    with acting(cast.samir):
        actions.accept(OFFER, desk=cast.institute.id, by=cast.samir, at=MONDAY)

    assert ask(signed_in(cast.louise), path, {}).status_code == 404
    assert status_of(lea) == Status.ACCEPTED


def test_nobody_at_the_police_is_offered_a_referral(cast):
    with acting(LOADER):
        agent = add_person("Agent Côté", cast.police, Role.YOUTH_WORKER)
    lea = refer("Léa", desk=cast.institute.id)

    with acting(cast.louise):
        asked = {one.user_id for one in queries.candidates(actor=cast.louise, at=MONDAY)}
    with pytest.raises(NotAllowed):
        offer(cast, lea, agent)

    assert {who.user_id for who in (cast.ines, cast.yanick, cast.samir)} == asked
    assert status_of(lea) == Status.RECEIVED


def test_nobody_accepts_with_the_hat_of_the_police(cast):
    with acting(LOADER):
        bob = add_person("Bob", cast.la_maison, Role.YOUTH_WORKER)
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid_of("Bob at the police"),
                    user_id=bob.user_id,
                    organisation=cast.police,
                    role=Role.PROFESSIONAL_SUPPORT,
                    job_title_fr="Titre",
                    job_title_en="Title",
                    starts_at=MONDAY,
                )
            ]
        )
    lea = refer("Léa", desk=cast.institute.id)
    offer(cast, lea, bob)
    at_the_police = Actor(bob.user_id, cast.police.id, frozenset({Role.PROFESSIONAL_SUPPORT}))

    # Under that hat the offer is not even found: the database refuses before the action does.
    with acting(at_the_police), pytest.raises(WrongState):
        actions.accept(OFFER, desk=cast.institute.id, by=at_the_police, at=MONDAY)

    with acting(bob):
        actions.accept(OFFER, desk=cast.institute.id, by=bob, at=MONDAY)
        assert File.objects.get(pk=lea).holder_id == cast.la_maison.id


def test_a_coordinator_on_watch_finds_nothing_to_close_or_to_meet(cast, lea):
    louise = signed_in(cast.louise)
    seal = seal_of(louise, lea)
    with acting(cast.samir):
        actions.accept(OFFER, desk=cast.institute.id, by=cast.samir, at=MONDAY)
    shown_before = {"form_id": seal, "outcome": "withdrawn_by_person"}

    answers = [
        ask(louise, f"/desk/{lea}/close/", shown_before).status_code,
        ask(louise, f"/desk/{lea}/close/", {}).status_code,
        ask(louise, f"/files/{lea}/met/", {}).status_code,
        ask(louise, f"/files/{uuid_of('nobody')}/met/", {}).status_code,
    ]

    assert answers == [404, 404, 404, 404]
    assert refusals_of(cast.louise) == 4
    assert status_of(lea) == Status.ACCEPTED


def test_an_offer_shows_language_age_wish_and_hours_and_nothing_else(cast):
    lea = actions.file_of(refer_urgently(cast))
    offer(cast, lea, cast.samir)

    page = ask(signed_in(cast.samir), f"/offers/{OFFER}/").content.decode()
    desk = ask(signed_in(cast.louise), f"/desk/{lea}/").content.decode()

    assert "Dormir tranquille." in page
    assert "Après l’école" in page
    assert [words for words in ("Un lit près du métro", "Léa", "Mireille") if words in page] == []
    assert "Un lit près du métro" in desk


def offer_to(cast, file_id, *workers):
    with acting(cast.louise):
        asked = {offer_id_of(who): who.user_id for who in workers}
        actions.offer_to(file_id, asked, by=cast.louise, at=MONDAY)


def offer_id_of(who):
    return uuid_of(f"offer to {who.user_id}")


def accept(cast, who, at=MONDAY):
    with acting(who, at):
        return actions.accept(offer_id_of(who), desk=cast.institute.id, by=who, at=at)


def test_louise_offers_to_two_and_the_first_who_accepts_has_it(cast):
    lea = refer("Léa", desk=cast.institute.id)
    louise = signed_in(cast.louise)
    asked = [str(who.user_id) for who in (cast.ines, cast.samir)]

    answer = ask(louise, f"/desk/{lea}/", {"form_id": first_seal(louise, lea), "workers": asked})

    assert (answer.status_code, offers_of(cast, lea)) == (302, [Offer.Status.OPEN] * 2)
    assert [what_is_offered_to(who)[0] for who in (cast.ines, cast.samir)] == [1, 1]
    with acting(cast.samir):
        mine = queries.open_offers(actor=cast.samir)[0].offer.pk
        file = actions.accept(mine, desk=cast.institute.id, by=cast.samir, at=MONDAY)
    assert file.holder_id == cast.elsewhere.id
    assert what_is_offered_to(cast.ines) == (0, 0)
    assert status_of(lea) == Status.ACCEPTED


def first_seal(browser, file_id):
    """The identifier of the first form of the desk's page: the offer."""
    page = ask(browser, f"/desk/{file_id}/").content.decode()
    return re.findall(r'name="form_id" value="([^"]+)"', page)[0]


def test_the_others_read_that_someone_said_yes_for_a_week_and_learn_nothing_more(cast):
    lea = refer("Léa", desk=cast.institute.id)
    offer_to(cast, lea, cast.ines, cast.samir)
    accept(cast, cast.samir)
    ines, page = signed_in(cast.ines), f"/offers/{offer_id_of(cast.ines)}/"

    said = ask(ines, page).content.decode()
    pressed = ask(ines, f"{page}accept/", {}).content.decode()

    assert ["Quelqu’un a dit oui." in words for words in (said, pressed)] == [True, True]
    hers = ("Léa", "Samir", "Dormir tranquille.", "Ailleurs")
    assert [words for words in hers if words in said + pressed] == []
    a_week = [own_offers(cast.ines, MONDAY + timedelta(days=days)) for days in (6, 7)]
    assert a_week == [1, 0]
    with acting(cast.ines), pytest.raises(WrongState) as told:
        actions.accept(offer_id_of(cast.ines), desk=cast.institute.id, by=cast.ines, at=MONDAY)
    assert told.value.reason == policy.SOMEONE_SAID_YES
    assert what_is_offered_to(cast.ines) == (0, 0)


def own_offers(who, at=MONDAY):
    with acting(who, at):
        return Offer.objects.filter(user_id=who.user_id).count()


def test_who_declined_lost_it_or_left_is_not_even_told_that_someone_said_yes(cast):
    lea = refer("Léa", desk=cast.institute.id)
    offer_to(cast, lea, cast.ines, cast.yanick, cast.samir)
    with acting(LOADER):
        left = add_person("Paule", cast.la_maison, Role.YOUTH_WORKER, until=TUESDAY)
    offer_to(cast, lea, left)
    with acting(cast.yanick):
        actions.decline(offer_id_of(cast.yanick), reason="full", by=cast.yanick, at=MONDAY)
    accept(cast, cast.samir, at=MONDAY + timedelta(hours=1))

    at = MONDAY + timedelta(hours=2)
    assert [own_offers(who, at) for who in (cast.ines, cast.yanick, left)] == [1, 0, 1]
    assert own_offers(left, TUESDAY) == 0
    at_the_police = Actor(cast.ines.user_id, cast.police.id, cast.ines.roles)
    assert own_offers(at_the_police, at) == 0


def test_the_desk_reads_how_many_each_accompanies_in_the_order_of_names(cast):
    lea = refer("Léa", desk=cast.institute.id)

    page = ask(signed_in(cast.louise), f"/desk/{lea}/").content.decode()

    said = re.findall(r"(Inès|Yanick|Samir) · ([^<]+)", page)
    assert [(name, " ".join(words.split())) for name, words in said] == [
        ("Samir", "Ailleurs · Français · accompagne 0 personne en ce moment · parle sa langue"),
        ("Inès", "La Maison · Français · accompagne 1 personne en ce moment · parle sa langue"),
        ("Yanick", "La Maison · Français · accompagne 0 personne en ce moment · parle sa langue"),
    ]


def test_the_desk_reads_who_is_away_and_until_when(cast):
    lea = refer("Léa", desk=cast.institute.id)
    with acting(cast.ines):
        sharing.cover(
            uuid_of("Inès is away"), kind=Cover.Kind.STAND_IN, for_user_id=cast.ines.user_id,
            user_id=cast.yanick.user_id, starts_at=MONDAY, ends_at=MONDAY + timedelta(days=4),
            by=cast.ines, at=MONDAY,
        )  # fmt: skip

    page = ask(signed_in(cast.louise), f"/desk/{lea}/").content.decode()

    said = dict(re.findall(r"(Inès|Yanick) · ([^<]+)", page))
    assert "s’absente jusqu’au 6 mars" in said["Inès"]
    assert "s’absente" not in said["Yanick"]
    for who in (cast.samir, cast.roy):
        with acting(who):
            assert not Cover.objects.exists()


def test_only_the_desk_asks_how_many_each_accompanies(cast):
    with acting(LOADER):
        away = add_person("Odile", cast.elsewhere, Role.COORDINATOR)
    for who in (cast.ines, cast.karim, cast.nadia, cast.roy, away):
        with acting(who), pytest.raises(ProgrammingError), transaction.atomic():
            queries.to_ask([], actor=who, at=MONDAY)


def test_of_many_workers_those_who_speak_her_language_or_are_named_come_first(
    cast, lea, monkeypatch
):
    with acting(LOADER):
        for name in ("Abel", "Bruno"):
            add_person(name, cast.elsewhere, Role.YOUTH_WORKER)
        User.objects.exclude(name__in=("Abel", "Inès")).update(languages=["en"])
    monkeypatch.setattr(to_whom, "AT_ONCE", 1)
    bruno = uuid_of("bruno")

    def shown(query: str) -> set[str]:
        page = ask(signed_in(cast.louise), f"/desk/{lea}/{query}").content.decode()
        return {name for name in ("Abel", "Bruno", "Inès", "Yanick") if f"{name} · " in page} | (
            {"the others"} if "Voir tout le personnel" in page else set()
        )

    assert shown("") == {"Abel", "Inès", "the others"}
    assert shown(f"?worker={bruno}") == {"Abel", "Bruno", "the others"}
    assert shown("?worker=nobody") == {"Abel", "Inès", "the others"}
    assert shown("?everyone=1") == {"Abel", "Bruno", "Inès", "Yanick"}


def test_whoever_knows_her_is_not_asked_again(cast, lea):
    with acting(cast.samir):
        actions.decline(OFFER, reason="known", knows_her=True, by=cast.samir, at=MONDAY)

    with acting(cast.louise):
        made = queries.offers_made(lea, actor=cast.louise)
        asked = {one.name for one in queries.to_ask(made, actor=cast.louise, at=MONDAY)[0]}

    assert asked == {"Inès", "Yanick"}


def refer_urgently(cast):
    sent = actions.Sent(
        id=uuid_of("urgent referral"),
        source="professional",
        channel="web",
        agreement="yes",
        age_band="14-17",
        language="fr",
        chosen_name="Léa",
        contact_channel="text",
        hours="Après l’école",
        wish="Dormir tranquille.",
        urgent="Un lit près du métro",
        referrer_name="Mireille",
    )
    with acting(VISITOR):
        actions.refer(sent, desk=cast.institute.id, by=VISITOR, at=MONDAY)
    return sent.id
