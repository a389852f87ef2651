"""Does each question of a page have its own name for a voice that reads it?"""

from __future__ import annotations

import re
from collections import Counter

from spheres.core import clock
from spheres.portal.notebook.tests.factories import (
    come_in,
    confirm_contact,
    give_code,
    open_notebook,
    telephone,
)
from spheres.portal.notebook.tests.test_inside import PAGES, written_with_her
from tests.cast import MONDAY, Cast
from tests.pages import learn_french

learn_french()
SEEN = re.compile(r'<(?:input(?! type="hidden")|select|textarea)[^>]*? id="([^"]+)"')


def test_no_two_questions_of_a_page_share_a_mark(cast: Cast) -> None:
    written_with_her(cast)
    confirm_contact(cast)
    open_notebook(cast)
    give_code(cast)
    client = telephone()
    come_in(client)

    with clock.at(MONDAY):
        pages = {path: client.get(path).content.decode() for path in PAGES}

    twice = {
        (path, mark)
        for path, page in pages.items()
        for mark, times in Counter(SEEN.findall(page)).items()
        if times > 1
    }
    assert twice == set()
