"""Is what was typed without a network received once, for its author alone, and placed once?"""

from __future__ import annotations

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest

from spheres.accounts.models import Device
from spheres.accounts.sessions import doorkeeping
from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import service
from spheres.followup.street import actions, queries
from spheres.followup.street.models import Arrival, Entry
from spheres.followup.street.tests.factories import (
    AN_EVENT,
    RECEIVE,
    SAID,
    phone_of,
    posted,
    seal,
    send,
)
from spheres.followup.street.typed import MOST, Typed
from spheres.records import queries as kept
from spheres.records.forms import PlaceForm
from spheres.vault import street
from spheres.vault.cipher import Sealed
from tests.cast import MONDAY, TUESDAY, acting
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def test_what_was_typed_is_received_and_read_by_its_author(cast):
    phone, entry_id = phone_of(cast.ines), uuid4()

    assert send(cast.ines, phone, entry_id).status_code == 200
    with acting(cast.ines, TUESDAY):
        (one,) = queries.arrived(actor=cast.ines)

    assert one.id == entry_id
    assert one.typed == Typed.read(
        '{"kind": "contact", "mark": "Hirondelle", "at": "2026-03-02T13:30:00+00:00", '
        '"her_words": "J’ai dormi dehors, mais pas seule.", "observation": "Vue au parc.", '
        '"support": "Se revoir jeudi."}',
        received_at=MONDAY,
    )


def test_sent_again_it_is_acknowledged_and_not_doubled(cast):
    """The answer was lost on the way: the telephone sends until it is told."""
    phone, entry_id = phone_of(cast.ines), uuid4()
    sealed = seal(phone.id, entry_id)

    answers = [send(cast.ines, phone, entry_id, sealed).status_code for _time in range(3)]

    with acting(cast.ines, TUESDAY):
        assert (answers, Entry.objects.count(), Arrival.objects.count()) == ([200] * 3, 1, 1)


def test_placed_then_sent_again_it_does_not_come_back(cast):
    phone, entry_id = phone_of(cast.ines), uuid4()
    sealed = seal(phone.id, entry_id)
    send(cast.ines, phone, entry_id, sealed)
    with acting(cast.ines, MONDAY):
        actions.take_away(entry_id, by=cast.ines)

    assert send(cast.ines, phone, entry_id, sealed).status_code == 200
    with acting(cast.ines, TUESDAY):
        assert queries.arrived(actor=cast.ines) == []


def test_nobody_else_reads_it_nor_sends_from_her_telephone(cast):
    phone, entry_id = phone_of(cast.ines), uuid4()
    send(cast.ines, phone, entry_id)

    assert send(cast.karim, phone, uuid4()).status_code == 404
    with acting(cast.karim, TUESDAY):
        assert (queries.arrived(actor=cast.karim), queries.waiting(actor=cast.karim)) == ([], 0)
    assert signed_in(cast.karim, at=MONDAY).get(f"/street/{entry_id}/").status_code == 404


def test_a_telephone_that_was_removed_is_not_listened_to(cast):
    phone, entry_id = phone_of(cast.ines), uuid4()
    with doorkeeping():
        Device.objects.filter(pk=phone.pk).update(revoked_at=MONDAY)

    assert send(cast.ines, phone, entry_id).status_code == 410
    with acting(cast.ines, TUESDAY):
        assert Entry.objects.count() == 0


@pytest.mark.parametrize("spoil", ["a byte", "another number", "another device", "its end", "all"])
def test_what_was_altered_on_the_way_is_refused_and_leaves_nothing(cast, spoil):
    phone, other, entry_id = phone_of(cast.ines), phone_of(cast.ines, "tablet"), uuid4()
    sealed = bytearray(seal(phone.id, entry_id))
    sent_from, number = phone, entry_id
    if spoil == "a byte":
        sealed[-5] ^= 1
    elif spoil == "another number":
        number = uuid4()
    elif spoil == "another device":
        sent_from = other
    elif spoil == "its end":
        del sealed[-20:]
    else:
        sealed = bytearray(b"\x01" + bytes(200))

    assert send(cast.ines, sent_from, number, bytes(sealed)).status_code == 422
    with acting(cast.ines, TUESDAY):
        assert (Entry.objects.count(), Arrival.objects.count()) == (0, 0)
    # The right one is received afterwards: its number was not spent.
    assert send(cast.ines, phone, entry_id).status_code == 200


@pytest.mark.parametrize(
    "body", [{}, {"id": "x", "device": "y", "sealed": "z"}, {"id": str(uuid4())}]
)
def test_what_is_no_entry_is_refused(cast, body):
    assert signed_in(cast.ines, at=MONDAY).post(RECEIVE, body).status_code == 422


@pytest.mark.parametrize("sign", ["é", "ᐃ", "\n", "🪶"])
def test_the_longest_that_the_page_takes_is_received_whole(cast, sign):
    """Of a sign that counts for two in the browser, the page takes half as many."""
    phone, entry_id = phone_of(cast.ines), uuid4()
    longest = sign * (MOST // (len(sign.encode("utf-16-le")) // 2))
    words = dict.fromkeys(("her_words", "observation", "support"), longest)
    sealed = seal(phone.id, entry_id, **words)

    assert send(cast.ines, phone, entry_id, sealed).status_code == 200
    with acting(cast.ines, TUESDAY):
        (one,) = queries.arrived(actor=cast.ines)
    assert (one.typed.her_words, one.typed.support) == (longest, longest)


def test_what_is_too_long_is_refused(cast):
    body = posted(uuid4(), uuid4(), bytes(145 * 1024))
    assert signed_in(cast.ines, at=MONDAY).post(RECEIVE, body).status_code == 413


@pytest.mark.parametrize("who", ["roy", "nadia", "amrani"])
def test_whoever_meets_nobody_outside_has_no_such_page(cast, who):
    assert signed_in(getattr(cast, who), at=MONDAY).get("/street/").status_code == 403


def test_placed_it_opens_as_a_draft_under_the_number_it_had(cast):
    """Signed, it is one note, whose words are those that were typed."""
    phone, entry_id, file_id = phone_of(cast.ines), uuid4(), cast.maya.file_id
    send(cast.ines, phone, entry_id)
    client = signed_in(cast.ines, at=MONDAY)

    placed = client.post(f"/street/{entry_id}/", {"person": str(file_id), **form_id()})
    assert placed.status_code == 302, placed.content.decode()
    page = client.get(placed["Location"]).content.decode()

    assert placed["Location"] == f"/files/{file_id}/notes/new/?draft={entry_id}"
    assert SAID["her_words"] in page
    with acting(cast.ines, TUESDAY):
        assert [draft.pk for draft in kept.drafts_of(file_id, actor=cast.ines)] == [entry_id]
        assert queries.arrived(actor=cast.ines) == []


def form_id():
    return {"form_id": PlaceForm.signer().sign(uuid4().hex)}


def test_in_nobody_s_file_it_is_not_placed(cast):
    phone, entry_id = phone_of(cast.ines), uuid4()
    send(cast.ines, phone, entry_id)
    client = signed_in(cast.ines, at=MONDAY)

    for person in ("", str(uuid4())):
        answer = client.post(f"/street/{entry_id}/", {"person": person, **form_id()})
        assert answer.status_code == 422


@pytest.mark.parametrize(
    ("chosen", "kind"), [("call", "call"), ("", "outreach"), ("invented", "invented")]
)
def test_a_contact_is_of_the_kind_that_was_chosen_else_a_meeting_in_the_street(chosen, kind):
    """One of a region’s older words stays as typed: the page of the note asks again."""
    said = json.dumps({**SAID, "contact": chosen})

    assert Typed.read(said, received_at=MONDAY).fields() == {
        "kind": kind, "day": "2026-03-02", "hour": "08:30",
        **{name: SAID[name] for name in ("her_words", "observation", "support")},
    }  # fmt: skip


def an_event(who, **said):
    phone, entry_id = phone_of(who), uuid4()
    send(who, phone, entry_id, seal(phone.id, entry_id, AN_EVENT, **said))
    return entry_id, signed_in(who, at=MONDAY, language="en")


def test_an_event_opens_its_page_with_what_was_typed(cast):
    entry_id, client = an_event(cast.ines)

    page = client.get(f"/street/{entry_id}/").content.decode()
    form = client.get(f"/outreach/new/?typed={entry_id}").context["form"]

    assert f'href="/outreach/new/?typed={entry_id}"' in page
    assert "In whose file?" not in page
    assert form.record_id == entry_id
    assert {name: form[name].value() for name in ("kind", "held_on", "organisation", "place")} == {
        "kind": AN_EVENT["event"],
        "held_on": date(2026, 3, 1),
        "organisation": AN_EVENT["organisation"],
        "place": AN_EVENT["place"],
    }
    assert form["questions"].value() == AN_EVENT["questions"]


def test_kept_from_two_windows_an_event_is_written_once_under_the_number_it_had(cast):
    entry_id, client = an_event(cast.ines)
    address = f"/outreach/new/?typed={entry_id}"
    windows = [client.get(address).context["form"] for _window in range(2)]

    kept = [
        client.post(address, {"form_id": one["form_id"].value(), "kind": "presentation",
                              "held_on": "2026-03-01", "organisation": AN_EVENT["organisation"]})
        for one in windows
    ]  # fmt: skip

    assert {answer["Location"] for answer in kept} == {f"/outreach/{entry_id}/"}
    assert AN_EVENT["organisation"] in client.get(f"/outreach/{entry_id}/").content.decode()
    with acting(cast.ines, TUESDAY):
        assert queries.arrived(actor=cast.ines) == []


@pytest.mark.parametrize("of", ["a colleague", "a contact", "nobody", "what is no number"])
def test_the_page_of_an_event_begins_from_no_other_text(cast, of):
    entry_id, client = an_event(cast.ines)
    if of == "a colleague":
        client = signed_in(cast.karim, at=MONDAY)
    elif of == "a contact":
        entry_id = uuid4()
        phone = phone_of(cast.ines, "tablet")
        send(cast.ines, phone, entry_id)
        client = signed_in(cast.ines, at=MONDAY)  # of three sessions one ended: this is the last
    elif of == "nobody":
        entry_id = uuid4()
    else:
        entry_id = "../x"

    form = client.get("/outreach/new/", {"typed": str(entry_id)}).context["form"]

    assert (form.record_id == entry_id, form["organisation"].value()) == (False, None)


def keep_as_an_event(client, entry_id):
    """From the page of events, that opened with what was typed."""
    address = f"/outreach/new/?typed={entry_id}"
    form = client.get(address).context["form"]
    said = {"kind": "presentation", "held_on": "2026-03-01", "organisation": "École des Tilleuls"}
    return client.post(address, {"form_id": form["form_id"].value(), **said})


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ("placed in a file", ["street.received", "street.opened", "street.placed"]),
        ("kept as an event", ["street.received", "street.opened", "street.placed"]),
        ("not kept", ["street.received", "street.put_away"]),
    ],
)
def test_the_journal_tells_what_was_placed_from_what_its_author_did_not_keep(cast, how, told):
    entry_id, client = an_event(cast.ines)
    if how == "placed in a file":
        phone, entry_id = phone_of(cast.ines, "tablet"), uuid4()
        send(cast.ines, phone, entry_id)
        client, person = signed_in(cast.ines, at=MONDAY), str(cast.maya.file_id)
        client.post(f"/street/{entry_id}/", {"person": person, **form_id()})
    elif how == "kept as an event":
        keep_as_an_event(client, entry_id)
    else:
        client.post(f"/street/{entry_id}/away/")

    with acting(cast.ines, TUESDAY):
        events = Event.objects.filter(action__startswith="street.", record_ids=[entry_id])
        said = events.order_by("transaction", "number").values_list("action", flat=True)
        assert list(said) == told


def test_an_event_that_is_not_kept_is_taken_away(cast):
    entry_id, client = an_event(cast.ines)

    gone = client.post(f"/street/{entry_id}/away/")

    assert gone["Location"] == "/street/"
    assert client.get(f"/street/{entry_id}/").status_code == 404


def test_my_day_says_how_many_wait_and_nothing_of_them(cast):
    phone = phone_of(cast.ines)
    for _each in range(2):
        send(cast.ines, phone, uuid4())

    page = signed_in(cast.ines, at=MONDAY, language="en").get("/").content.decode()

    assert "2 texts from the street wait to be placed." in page
    assert SAID["mark"] not in page


def test_what_is_not_placed_is_forgotten_after_fourteen_days(cast):
    phone, entry_id = phone_of(cast.ines), uuid4()
    send(cast.ines, phone, entry_id)
    expiry = service("expiry")

    found = []
    for days in (13, 15):
        at = MONDAY + timedelta(days=days)
        with clock.at(at), acting(expiry, at):
            found.append(actions.forget(by=expiry, at=at))

    assert found == [0, 1]
    with acting(cast.ines, TUESDAY):
        assert Arrival.objects.count() == 1  # sent again, it does not come back


def test_each_device_has_a_key_of_its_own(cast):
    one, other = phone_of(cast.ines), phone_of(cast.ines, "tablet")
    entry_id = uuid4()

    assert street.public_key(one.id) != street.public_key(other.id)
    with pytest.raises(Sealed):
        street.open_sealed(seal(one.id, entry_id), device_id=other.id, entry_id=entry_id)


def test_the_page_of_the_street_names_nobody_and_asks_no_session(client, settings):
    answer = client.get("/street/write/", headers={"host": settings.STAFF_HOST})

    assert answer.status_code == 200
    assert answer.cookies.keys() <= {settings.CSRF_COOKIE_NAME}
