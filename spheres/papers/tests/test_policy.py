"""Who keeps a paper, and when is it given out?"""

from __future__ import annotations

from itertools import product

import pytest

from spheres.core.decision import no, yes
from spheres.papers import policy, registry
from spheres.papers.policy import MOST_IN_FILE


def test_a_paper_is_given_out_once_nothing_harmful_was_found_and_never_while_it_waits() -> None:
    said = {
        (waits, harmful): policy.can_take(waits=waits, is_harmful=harmful)
        for waits, harmful in product((False, True), repeat=2)
    }

    assert said == {
        (False, False): yes(),
        (True, False): no(policy.WAITS),
        (False, True): no(policy.IS_HARMFUL),
        (True, True): no(policy.IS_HARMFUL),
    }


@pytest.mark.parametrize(
    ("fetched_from", "may"),
    [("same-origin", True), ("none", True), ("same-site", False), ("cross-site", False),
     ("", False), ("SAME-ORIGIN", False)],
)  # fmt: skip
def test_a_paper_is_taken_from_its_own_page_alone(fetched_from: str, may: bool) -> None:
    assert bool(policy.can_take_from(fetched_from)) == may


@pytest.mark.parametrize(
    ("size", "kept", "may"),
    [(1, 0, True), (MOST_IN_FILE, 0, True), (1, MOST_IN_FILE - 1, True), (1, MOST_IN_FILE, False)],
)
def test_a_file_holds_so_many_papers_and_no_more(size: int, kept: int, may: bool) -> None:
    assert bool(policy.can_add(size, kept=kept)) == may


def test_two_folders_do_not_take_one_name() -> None:
    [first, *_others] = registry.kinds()

    with pytest.raises(ValueError, match="registered already"):
        registry.register(first)
    assert registry.kind_of("no such kind") is None
    assert {kind.slug for kind in registry.kinds()} >= {"consent", "restriction"}
