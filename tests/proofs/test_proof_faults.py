"""When the database restarts, or has no room left, what is said, what is kept, what comes back?"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from spheres.public.forms import SelfForm
from spheres.public.tests.letters import SELF
from tests.proofs.committed_world import at_database
from tests.proofs.figures import tell
from tests.proofs.fragile import NAME, TRACES, Answer, Fragile, Tally, lost_and_doubled, standing
from tests.proofs.small_volume import filling

AWAY = 20
SPARE = 3_000_000
TARGET = "0 acknowledged lost, 0 stack traces, a page in less than 2 s"


def a_letter(site: Fragile) -> tuple[Answer, float, str]:
    """Somebody sends the form for herself; what is answered, how soon, and what was sent."""
    form = SELF | {"form_id": SelfForm(record_id=uuid4()).signed_id}
    sent = urlencode(form)
    answer, waited = timed(lambda: site.ask("POST", "/for-me/", settings.YOUTH_HOST, sent))
    return answer, waited, sent


def timed(ask: Callable[[], Answer]) -> tuple[Answer, float]:
    began = time.monotonic()
    answer = ask()
    return answer, time.monotonic() - began


def gives_her_words_back(answer: Answer) -> bool:
    """Her page of faults: not a word of the machine, and all she typed, to be sent again."""
    return (
        answer.status == 503
        and SELF["wish"] in answer.body
        and SELF["never"] in answer.body
        and not any(trace in answer.body for trace in TRACES)
    )


def wait_for(found: Callable[[], bool], seconds: float = 60) -> None:
    limit = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < limit, "it did not come"
        time.sleep(0.05)


def say(name: str, tally: Tally, lost: set, doubled: set, waited: float) -> None:
    tell(
        f"{name} (T16)",
        f"{len(tally.acknowledged):,} acknowledged, {len(lost)} lost, {len(doubled)} doubled; "
        f"{len(tally.faults):,} fault pages, {len(tally.ugly)} unclear; "
        f"her text came back in {waited:.1f} s",
        TARGET,
    )


@pytest.mark.proof
def test_a_restart_of_the_database_is_said_and_loses_nothing(world, tmp_path):
    with standing(world, tmp_path) as site:
        with site.writers(3) as tally:
            wait_for(lambda: len(tally.acknowledged) > 5)
            site.stop_database()
            answer, waited, sent = a_letter(site)
            time.sleep(AWAY)
            site.start_database()
            back = site.wait_for_a_page()
            before = len(tally.acknowledged)
            wait_for(lambda: len(tally.acknowledged) > before + 5)
        lost, doubled = lost_and_doubled(site, tally)
        again = site.ask("POST", "/for-me/", settings.YOUTH_HOST, sent)

    say(f"restart, {AWAY} s away, back in {back:.1f} s", tally, lost, doubled, waited)
    assert (lost, doubled, tally.ugly) == (set(), set(), [])
    assert gives_her_words_back(answer), answer
    assert again.status == 200
    # Not as long again as it was away: the pool asks anew as soon as a page does.
    assert back < AWAY / 2


@pytest.mark.proof
@pytest.mark.parametrize("folder", ["base", "pg_wal"], ids=["tables", "write-ahead log"])
def test_a_full_disk_is_said_and_loses_nothing(world, tmp_path, folder):
    """The page that says so is quick and clean, and holds the text; public pages go on."""
    long = "Une chambre à moi. " * 1_000
    with (
        standing(world, tmp_path) as site,
        filling(site, folder, spare=SPARE, probe=tmp_path / "probe") as give_room,
    ):
        site.wait_for_a_page()
        with site.writers(3, words="Oui, encore. " * 1_500) as tally:
            wait_for(lambda: fill(site, folder, tally), seconds=240)
            letters = [a_letter(site) for _ in range(5)]
            mine = uuid4()
            note, note_waited = timed(lambda: site.send_note(mine, long))
            public = [site.ask("GET", path, settings.YOUTH_HOST) for path in ("/", "/for-me/")]
            give_room()
            site.start_database()  # where PostgreSQL gave up, whoever watches it starts it again
            site.wait_for_a_page()
            before = len(tally.acknowledged)
            wait_for(lambda: len(tally.acknowledged) > before + 5, seconds=240)
        note_again = site.send_note(mine, long)
        again = [site.ask("POST", "/for-me/", settings.YOUTH_HOST, sent) for *_, sent in letters]
        if note_again.status == 302:
            tally.acknowledged.add(mine)
        lost, doubled = lost_and_doubled(site, tally)
        log = site.log

    waits = [note_waited, *(seconds for _, seconds, _ in letters)]
    waited = max(waits)
    say(f"full disk, {folder}", tally, lost, doubled, waited)
    assert (lost, doubled, tally.ugly) == (set(), set(), [])
    # A short letter may still find room in a page begun before; a long note does not.
    refused = [answer for answer, *_ in letters if answer.status != 200]
    assert [answer for answer in refused if not gives_her_words_back(answer)] == []
    assert (note.status, long.strip() in note.body) == (503, True)
    assert (note_again.status, [answer.status for answer in again]) == (302, [200] * len(again))
    # Without room for its log PostgreSQL stops altogether; the numbers to call are given still.
    assert folder == "pg_wal" or [page.status for page in public] == [200, 200]
    assert [page.status for page in public if 'href="tel:' not in page.body] == []
    assert waited < 2, waits
    assert [word for word in ("Traceback", "chambre", "encore", SELF["wish"]) if word in log] == []
    assert '"event": "database.away"' in log


def fill(site: Fragile, folder: str, tally: Tally) -> bool:
    """True once a page has said that there is no room left."""
    if folder == "pg_wal":  # do not wait until sixteen million bytes are written by themselves
        with suppress(psycopg.Error), psycopg.connect(str(site.database.admin_url)) as admin:
            admin.execute("select pg_switch_wal()")
    return any(page.status == 503 for page in tally.faults)


@pytest.mark.proof
def test_a_slow_database_is_said_and_loses_nothing(world, tmp_path):
    """Somebody else holds the notes; those who write are told, and every other page goes on."""
    with standing(world, tmp_path) as site:
        with site.writers(2) as tally:
            wait_for(lambda: len(tally.acknowledged) > 5)
            with psycopg.connect(at_database(str(site.database.admin_url), NAME)) as admin:
                admin.execute("lock table notes_note in access exclusive mode")
                public, waited = timed(lambda: site.ask("GET", "/for-me/", settings.YOUTH_HOST))
                note, note_waited = timed(lambda: site.send_note(uuid4(), "Une chambre."))
                admin.rollback()
            before = len(tally.acknowledged)
            wait_for(lambda: len(tally.acknowledged) > before + 5)
        lost, doubled = lost_and_doubled(site, tally)

    say("slow database", tally, lost, doubled, waited)
    assert (lost, doubled, tally.ugly) == (set(), set(), [])
    assert (public.status, waited < 2) == (200, True)
    assert (note.status, "Une chambre." in note.body, note_waited < 8) == (503, True, True)


@pytest.mark.proof
def test_a_cut_network_is_said_and_loses_nothing(world, tmp_path):
    """Nothing sent to the database arrives, and nobody says so: the site does, within seconds."""
    with standing(world, tmp_path) as site:
        with site.writers(2) as tally:
            wait_for(lambda: len(tally.acknowledged) > 5)
            with cut(site.postgres.port):
                public, waited = timed(lambda: site.ask("GET", "/for-me/", settings.YOUTH_HOST))
                answer, answer_waited, sent = a_letter(site)
            before = len(tally.acknowledged)
            wait_for(lambda: len(tally.acknowledged) > before + 5)
        again = site.ask("POST", "/for-me/", settings.YOUTH_HOST, sent)
        lost, doubled = lost_and_doubled(site, tally)

    say("cut network", tally, lost, doubled, answer_waited)
    assert (lost, doubled, tally.ugly) == (set(), set(), [])
    # The numbers to call are given without the database.
    assert (public.status, 'href="tel:' in public.body, waited < 2) == (503, True, True)
    assert gives_her_words_back(answer), answer
    assert (answer_waited < 2, again.status) == (True, 200)


@contextmanager
def cut(port: int) -> Iterator[None]:
    """What goes to this port, and what comes from it, is dropped without a word."""
    programme = shutil.which("iptables")
    if programme is None or os.geteuid() != 0:
        assert os.environ.get("CI") != "true", "iptables is not installed"
        pytest.skip("no iptables on this machine, or not root")
    rules = [
        ["INPUT", "-p", "tcp", side, str(port), "-j", "DROP"] for side in ("--dport", "--sport")
    ]
    for rule in rules:
        subprocess.run([programme, "-I", *rule], check=True)
    try:
        yield
    finally:
        for rule in rules:
            subprocess.run([programme, "-D", *rule], check=True)


@pytest.mark.proof
@pytest.mark.parametrize("jump", ["-10m", "+10m", "-1d", "+1d"])
def test_a_clock_that_jumps_loses_nothing(world, tmp_path, jump):
    """The machine of the site believes it is another moment, then is set right."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        assert os.environ.get("CI") != "true", "faketime is not installed"
        pytest.skip("no faketime on this machine")
    clock = tmp_path / "clock"
    clock.write_text("+0")
    more = {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with standing(world, tmp_path, more=more) as site:
        with site.writers(3) as tally:
            wait_for(lambda: len(tally.acknowledged) > 5)
            clock.write_text(jump)
            time.sleep(4)
            public = site.ask("GET", "/for-me/", settings.YOUTH_HOST)
            clock.write_text("+0")
            time.sleep(2)
            unlock(site)
            before = len(tally.acknowledged)
            wait_for(lambda: len(tally.acknowledged) > before + 5)
        lost, doubled = lost_and_doubled(site, tally)

    say(f"clock {jump}", tally, lost, doubled, 0)
    assert (lost, doubled, public.status) == (set(), set(), 200)
    # A session that seemed to have slept a day is locked or over: she is sent to the door.
    doors = ("/unlock/", "/sign-in/")
    assert [page for page in tally.ugly if not page.location.startswith(doors)] == []


def unlock(site: Fragile) -> None:
    """As she does herself, with her key."""
    with psycopg.connect(at_database(str(site.database.admin_url), NAME)) as admin:
        admin.execute("update accounts_session set locked = false, seen_at = now()")
