"""Is the line of a strength or a dream a text like the others in what she reads and in a copy?

A line once stood in the title: nobody had looked at it, nothing of it could be hidden, and it left
in the copy of a parent and in a production.
"""

from __future__ import annotations

from typing import Any

import pytest

from spheres.config.tests.test_access_requests_given import for_a_father, words_in
from spheres.config.tests.test_access_requests_pages import at_desk, post, signed_in
from spheres.config.tests.test_reading_together import get, main, place
from spheres.followup.life_plan import actions as life_plan
from spheres.followup.strengths import actions as strengths
from spheres.privacy.access_requests.forms import PressForm
from spheres.privacy.access_requests.tests.factories import answer
from tests.cast import MONDAY, Cast, acting, uuid_of

pytestmark = pytest.mark.django_db
STRENGTH, DREAM = "Mon frère Hugo dit que je chante bien.", "Vivre loin de mon père."


def write_both(cast: Cast) -> None:
    with acting(cast.ines):
        said = strengths.Written(uuid_of("a strength"), "STRENGTH", STRENGTH, MONDAY, voice="CLOSE")
        strengths.sign(cast.maya.file_id, said, by=cast.ines, at=MONDAY)
        dream = life_plan.Written(uuid_of("a dream"), "DREAM", DREAM, MONDAY)
        life_plan.sign(cast.maya.file_id, dream, by=cast.ines, at=MONDAY)


def body(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_line_that_nobody_looked_at_is_in_no_byte_of_a_parent_s_copy(cast: Cast) -> None:
    write_both(cast)
    request_id, officer = for_a_father(cast)
    answer(request_id, by=officer)

    made = post(signed_in(cast.nadia), at_desk("seat_copy", request_id, "json"), PressForm)

    assert words_in(made) == []
    assert [STRENGTH in body(made), DREAM in body(made)] == [False, False]


def test_she_reads_her_lines_at_once_each_as_a_text_under_a_neutral_title(cast: Cast) -> None:
    write_both(cast)

    page = get(cast, place(cast, "together/"), language="fr")

    titles = {line for line in ("Une force", "Un rêve") if line in main(page)}
    assert titles == {"Une force", "Un rêve"}
    assert [main(page).count(line) for line in (STRENGTH, DREAM)] == [1, 1]
