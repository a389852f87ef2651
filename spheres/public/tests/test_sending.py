"""Does each form reach the coordination once, and give a receipt that tells nothing?"""

import pytest

from spheres.audit.models import Event
from spheres.core.actor import VISITOR, Actor
from spheres.followup.admission import actions as admission
from spheres.followup.admission import queries
from spheres.followup.admission.models import Referral, ReferredPerson, Referrer
from spheres.public.forms import ReferralForm, SelfForm
from spheres.public.tests.conftest import Visitor
from spheres.public.tests.letters import ADVICE, looked, main_of, number_in
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.worker_support.intervention_support.models import AdviceRequest
from tests.cast import MONDAY, acting

PATHS = ["/for-me/", "/referral/", "/relative/"]


def at_the_desk(world):
    """What Louise finds waiting, oldest first: the referral, opened."""
    with acting(world.louise):
        return [
            queries.matter(waiting.referral.file_id, actor=world.louise)
            for waiting in queries.desk(actor=world.louise, at=MONDAY).waiting
        ]


def advice_at_the_desk(world):
    with acting(world.louise):
        rows = list(AdviceRequest.objects.order_by("pk"))
        return vault.open(rows, by=world.louise, sections=[])


def test_a_professionals_referral_waits_at_the_coordinations_desk(world, visitor):
    receipt = visitor.send("/referral/", urgent="yes", urgent_words="Un lit pour ce soir.")

    (matter,) = at_the_desk(world)
    assert receipt.status_code == 200
    assert matter.referral.number == number_in(receipt)
    assert (matter.referral.source, matter.referral.channel, matter.referral.agreement) == (
        "professional",
        "web",
        "yes",
    )
    assert (matter.referral.age_band, matter.referral.language) == ("14-17", "fr")
    assert vars(matter.referral.opened) == {
        "wish": "Dormir tranquille.",
        "hours": "15 h 30 à 17 h",
        "urgent": "Un lit pour ce soir.",
    }
    assert vars(matter.person.opened) == {
        "chosen_name": "Lou",
        "pronouns": "elle",
        "interpreter": "",
        "words": "438 555-0117\n« Un café cette semaine? », signé « Sam »",
        "never": "Jamais d’appel",
    }
    assert vars(matter.referrer.opened) == {
        "name": "Mireille Fortin",
        "role": "psychoéducatrice",
        "organisation": "École des Rives",
        "contact": "mireille@example.org",
    }


def test_her_own_message_has_no_referrer(world, visitor):
    visitor.send("/for-me/", urgent="yes")

    (matter,) = at_the_desk(world)
    assert (matter.referral.source, matter.referral.agreement) == ("self", "yes")
    assert matter.referral.opened.urgent == "Il y a quelque chose d’urgent d’ici 48\u00a0heures."
    assert matter.referrer is None


def test_someone_close_writes_with_her_agreement_only(world, visitor):
    refused = visitor.send("/relative/", knows="not_yet")
    assert at_the_desk(world) == []
    assert "Rien n’a été envoyé, et rien n’a été gardé" in main_of(refused)
    assert "1 888 933-9007" in main_of(refused)

    visitor.send("/relative/")

    (matter,) = at_the_desk(world)
    assert matter.referral.source == "relative"
    assert matter.referrer.opened.role == "Parent ou personne tutrice"


@pytest.mark.parametrize("path", PATHS)
def test_the_receipt_holds_nothing_that_was_written(world, visitor, path):
    said = main_of(visitor.send(path))

    written = ["Lou", "438", "Sam", "Dormir", "Mireille", "Denise", "15 h 30"]
    assert [word for word in written if word in said] == []


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_reads_nothing_back(world, visitor, path):
    visitor.send(path)

    with acting(VISITOR):
        counts = [
            model.objects.count() for model in (Referral, ReferredPerson, Referrer, AdviceRequest)
        ]
    assert counts == [0, 0, 0, 0]


@pytest.mark.parametrize("path", PATHS)
def test_only_the_coordination_sees_it_before_an_offer(world, visitor, path):
    visitor.send(path)
    for actor in (world.ines, world.karim, world.samir, world.roy, world.amrani, world.nadia):
        with acting(actor):
            assert ReferredPerson.objects.exclude(file_id=world.maya.file_id).count() == 0
            assert Referral.objects.exclude(file_id=world.maya.file_id).count() == 0


@pytest.mark.parametrize("path", PATHS)
def test_sending_twice_gives_the_same_receipt_and_makes_one(world, visitor, path):
    form = visitor.fill(path)
    first = visitor.send(path, form)
    again = visitor.send(path, form | {"wish": "Changé après Retour."})

    (matter,) = at_the_desk(world)
    assert (first.status_code, again.status_code) == (200, 200)
    assert main_of(first) == main_of(again)
    assert matter.referral.opened.wish == "Dormir tranquille."


def test_two_windows_make_two_referrals(world, visitor):
    receipts = [visitor.send("/for-me/") for _ in range(2)]

    assert len(at_the_desk(world)) == 2
    assert number_in(receipts[0]) != number_in(receipts[1])


def test_whoever_does_not_know_yet_is_never_named(world, visitor):
    shown = visitor.send("/referral/", aware="not_yet")

    page = shown.content.decode()
    assert "Rien n’a été envoyé" in main_of(shown)
    assert [word for word in ("Lou", "438 555", "Sam", "Mireille") if word in page] == []
    assert 'action="/advice/"' in page
    assert "psychoéducatrice, École des Rives" in page
    assert at_the_desk(world) == []


def test_advice_reaches_the_coordination_without_a_name(world, visitor):
    receipt = visitor.send("/advice/")

    (request,) = advice_at_the_desk(world)
    assert request.number in main_of(receipt)
    assert request.opened.worries == ADVICE["worries"]
    assert "Une personne de l’équipe vous répond d’ici 3 jours" in main_of(receipt)
    assert at_the_desk(world) == []


def test_advice_sent_twice_makes_one_request(world, visitor):
    form = visitor.fill("/advice/")
    visitor.send("/advice/", form)
    visitor.send("/advice/", form)

    assert len(advice_at_the_desk(world)) == 1


def test_a_number_in_a_request_for_advice_is_pointed_out_before_sending(world, visitor):
    worries = "Une élève, jointe au 450 555-0188, manque l’école."
    form = visitor.fill("/advice/", worries=worries)
    warned = visitor.send("/advice/", form)

    assert warned.status_code == 422
    assert advice_at_the_desk(world) == []
    assert worries in warned.content.decode()
    assert "450 555-0188" in main_of(warned).split("Son âge")[0]

    visitor.send("/advice/", form | {"looked": looked(warned)})
    assert len(advice_at_the_desk(world)) == 1


def test_a_full_name_is_pointed_out_in_a_referral_and_never_in_her_own_words(world, visitor):
    assert visitor.send("/referral/", chosen_name="Marie Tremblay").status_code == 422
    assert visitor.send("/for-me/", wish="Parler à Marie Tremblay.").status_code == 200


def test_an_obligation_is_answered_with_the_rule_and_kept_nowhere(world, visitor):
    form = visitor.fill("/referral/", obligation="on")
    told = visitor.send("/referral/", form)

    assert "Le programme ne s’impose pas" in main_of(told)
    assert "ni attestation, ni relevé de présence" in main_of(told)
    assert "checked" not in told.content.decode().split('name="obligation"')[1].split(">")[0]
    assert 'value="Mireille Fortin"' in told.content.decode()
    assert at_the_desk(world) == []

    visitor.send("/referral/", {n: v for n, v in form.items() if n != "obligation"})
    (matter,) = at_the_desk(world)
    assert "oblig" not in str([vars(matter.referral.opened), vars(matter.person.opened)])


def test_an_obligation_does_not_change_the_identifier(world, visitor):
    form = visitor.fill("/referral/")
    visitor.send("/referral/", form)
    visitor.send("/referral/", form | {"obligation": "on"})
    visitor.send("/referral/", form)

    assert len(at_the_desk(world)) == 1


@pytest.mark.parametrize(("answer", "shown"), [("yes", True), ("no", False)])
def test_what_cannot_wait_is_answered_with_numbers_at_once(world, visitor, answer, shown):
    said = main_of(visitor.send("/for-me/", urgent=answer))

    assert ("1 833 900-1010" in said) is shown


def test_who_will_reach_out_herself_need_not_say_where_or_when(world, visitor):
    receipt = visitor.send("/referral/", channel="wait", reach="", hours="")

    assert receipt.status_code == 200
    (matter,) = at_the_desk(world)
    assert (matter.person.channel, matter.referral.opened.hours) == ("wait", "")


@pytest.mark.parametrize("path", [*PATHS, "/advice/"])
def test_what_a_machine_filled_is_said_kept_nowhere_and_sent_by_whoever_presses_again(
    world, visitor, path
):
    form = visitor.fill(path)
    machine = visitor.send(path, form | {"e2": "https://buy.example"})
    assert machine.status_code == 422
    assert "Rien n’a été envoyé : un programme" in main_of(machine).replace("\u00a0", " ")
    assert "https://buy.example" not in machine.content.decode()
    assert at_the_desk(world) == []
    assert advice_at_the_desk(world) == []
    with acting(world.louise):
        assert Handler.objects.filter(kind="DESK", ends_at=None).count() == 0

    assert visitor.send(path, form).status_code == 200
    assert len(at_the_desk(world)) + len(advice_at_the_desk(world)) == 1


def test_the_number_says_nothing_of_the_form(world):
    numbers = {admission.number_of(SelfForm().record_id) for _ in range(200)}

    assert len(numbers) == 200
    assert SelfForm.signer().salt != ReferralForm.signer().salt


def test_english_is_kept_with_a_request_for_advice(world):
    Visitor("en").send("/advice/")

    (request,) = advice_at_the_desk(world)
    assert request.language == "en"


@pytest.mark.parametrize("question", ["hours", "urgent_words", "wish"])
def test_whatever_is_written_about_a_young_person_is_looked_at(world, visitor, question):
    said = {"urgent": "yes", question: "Avec Marie Tremblay, le soir."}
    form = visitor.fill("/referral/", **said)
    told = visitor.send("/referral/", form)

    assert told.status_code == 422
    assert visitor.send("/referral/", form | {"looked": looked(told)}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_from_which_network_somebody_wrote_is_kept_nowhere(world, visitor, path):
    """The journal is for ever: it says who opened a file, not from where she wrote to us."""
    visitor.send(path)

    with acting(world.louise):
        file_id = queries.desk(actor=world.louise, at=MONDAY).waiting[0].referral.file_id
    # A chain is readable by whom it speaks of; here, that is the matter itself.
    with acting(Actor(file_id, file_id, frozenset())):
        written = list(
            Event.objects.filter(chain_id=file_id).values_list("action", "network", "session")
        )
    assert ("referral.received", "", "") in written
