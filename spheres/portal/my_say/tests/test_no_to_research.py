"""Does her no to research hold as soon as she sends it, and close a door without opening one?"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from spheres.core import clock
from spheres.followup.restrictions import queries as restrictions
from spheres.followup.restrictions.models import Refusal
from spheres.portal.my_say import policy
from spheres.portal.my_say.models import Answer, Ask
from spheres.portal.my_say.tests.factories import born_on, get, her_notebook, send
from spheres.portal.my_say.tests.test_asking import asked_page
from spheres.portal.notebook.forms import OneStepForm
from spheres.portal.notebook.tests.factories import herself
from tests.cast import MONDAY, Cast, acting, follow
from tests.pages import learn_french, signed_in

learn_french()
PAGE = f"/n/46/{policy.ASKED.index(Ask.Kind.RESEARCH) + 1}/"


def says_no(client: Client, words: str = "") -> Any:
    return send(client, PAGE, words=words)


def refused(cast: Cast) -> list[tuple[str, str, str]]:
    with acting(cast.ines):
        return list(Refusal.objects.order_by("code").values_list("kind", "code", "decider"))


def test_research_takes_nothing_of_hers_from_the_moment_she_sends_it(cast: Cast) -> None:
    client = her_notebook(cast, "PRACTICAL", frozenset())
    before = get(client, PAGE).content.decode()

    done = says_no(client)

    assert "Dès que tu l’envoies, la recherche n’utilise plus rien de toi." in before
    assert (done.status_code, "Tu as dit non à la recherche" in done.content.decode()) == (
        200,
        True,
    )
    assert refused(cast) == [("RESEARCH", "any", "HERSELF")]
    with acting(cast.ines):
        assert restrictions.refused_research("health", actor=cast.ines) == {cast.maya.file_id}
        assert not Answer.objects.exists()


def test_she_reads_that_it_holds_whether_or_not_anybody_read_it(cast: Cast) -> None:
    client = her_notebook(cast)

    says_no(client)
    page = get(client, "/n/47/").content.decode()

    assert "Dire non à la recherche" in page
    assert "Ça tient depuis que tu l’as envoyé." in page
    assert "Personne ne l’a encore lu" not in page


def test_her_worker_reads_that_it_holds_and_her_words_and_has_nothing_to_press(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines)

    says_no(client, "Je ne suis pas un cobaye.")
    day = get(ines, "/").content.decode()
    shown = get(ines, asked_page(cast))
    [line] = shown.context["lines"]

    assert "Maya a dit non à la recherche, depuis son carnet\u00a0: ça tient déjà." in day
    assert "cobaye" not in day
    assert "Je ne suis pas un cobaye." in shown.content.decode()
    assert (line.register_form, line.why_not) == (None, "")


def test_sent_twice_and_said_again_it_stands_once(cast: Cast) -> None:
    client = her_notebook(cast)
    with clock.at(MONDAY):
        form_id = client.get(PAGE).context["form"].signed_id
        twice = [client.post(PAGE, {"form_id": form_id, "words": ""}) for _ in range(2)]

    again = says_no(client, "Encore non.")

    assert [one.status_code for one in (*twice, again)] == [200, 200, 200]
    assert refused(cast) == [("RESEARCH", "any", "HERSELF")]
    with acting(cast.ines):
        assert Ask.objects.count() == 2


def test_before_14_she_asks_it_and_is_not_told_that_it_holds(cast: Cast) -> None:
    client, ines = her_notebook(cast), signed_in(cast.ines)
    born_on(cast, "2013-05-04")
    page = get(client, PAGE).content.decode()

    sent = says_no(client)
    with clock.at(MONDAY):
        [line] = ines.get(asked_page(cast)).context["lines"]
        where = f"{asked_page(cast)}{line.asked.row.pk}/register/"
        pressed = ines.post(where, {"form_id": OneStepForm().signed_id})

    assert "Dès que tu l’envoies" not in page
    assert "Ton intervenant·e le lit, et voit avec toi qui doit le dire aussi." in page
    assert (sent.headers["Location"], line.asked.row.kind) == ("/n/47/", "RESEARCH")
    assert (line.register_form, pressed.status_code) == (None, 403)
    assert refused(cast) == []


@pytest.mark.parametrize(
    "other",
    [
        {"kind": "RELATIVES", "code": "PARENTS"},
        {"decider": "PARENT"},
        {"ended_at": MONDAY, "ended_by": uuid4()},
    ],
)
def test_alone_she_writes_no_other_refusal(cast: Cast, other: dict[str, Any]) -> None:
    her_notebook(cast)

    row = refusal(cast, **other)

    with acting(herself(cast)), pytest.raises(ProgrammingError, match="row-level security"):
        Refusal.objects.bulk_create([row])


def test_she_refuses_of_her_own_file_alone(cast: Cast) -> None:
    her_notebook(cast)
    zoe = follow("Zoé", desk=cast.institute.id, louise=cast.louise, worker=cast.yanick)

    row = refusal(cast, file_id=zoe.file_id)

    with acting(herself(cast)), pytest.raises(ProgrammingError, match="row-level security"):
        Refusal.objects.bulk_create([row])


def test_alone_she_does_not_take_a_refusal_back(cast: Cast) -> None:
    says_no(her_notebook(cast))

    with acting(herself(cast)), transaction.atomic():
        changed = Refusal.objects.update(ended_at=MONDAY, ended_by=herself(cast).user_id)

    assert changed == 0
    assert len(refused(cast)) == 1


def refusal(cast: Cast, **other: Any) -> Refusal:
    """One of Maya, as her notebook writes it, but for what is said otherwise."""
    said = {
        "id": uuid4(), "file_id": cast.maya.file_id, "kind": "RESEARCH", "code": "any",
        "decider": "HERSELF", "written_by": herself(cast).user_id, "written_at": MONDAY,
    }  # fmt: skip
    return Refusal(**(said | other))
