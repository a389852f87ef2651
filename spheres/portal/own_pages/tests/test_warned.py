"""Before five tries are used, does she read that her private pages would be lost?"""

from __future__ import annotations

from spheres.core import clock
from spheres.portal.notebook.tests.factories import confirm_contact, give_code, open_notebook
from spheres.portal.own_pages.tests.factories import in_notebook, page, write_first
from tests.cast import MONDAY, Cast
from tests.pages import learn_french, signed_in

learn_french()
WARNED = "Après cinq mauvais essais, il faut un autre numéro, et tes pages privées sont perdues."


def test_she_reads_it_before_her_first_page_beside_them_and_where_she_types_her_pin(
    cast: Cast,
) -> None:
    confirm_contact(cast)
    open_notebook(cast, "WRITE", frozenset({"say"}))
    give_code(cast)
    client = in_notebook()

    before = page(client, "/n/61/")
    write_first(client)

    for shown in (before, page(client, "/n/61/"), page(client, "/n/60/"), page(client, "/n/41/")):
        assert WARNED in shown


def test_her_worker_reads_it_before_giving_a_code(cast: Cast) -> None:
    confirm_contact(cast)
    open_notebook(cast, "WRITE", frozenset())

    with clock.at(MONDAY):
        shown = signed_in(cast.ines).get(f"/files/{cast.maya.file_id}/notebook/code/")

    assert "avec cet autre code, ses pages privées sont perdues" in shown.content.decode()
