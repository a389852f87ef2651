"""Is there an address for each committee, and do real calendars follow what is moved or not held?

khal shows what vdirsyncer brought home, in the hours of the region.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from icalendar import Calendar

from spheres.core import clock
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed
from spheres.interop.ical.forms import AddressForm
from spheres.interop.ical.tests.asked import asked, hours, make, plan, same_404, say
from spheres.partners.committees import actions
from spheres.partners.committees.actions import Called
from spheres.regions.models import Committee
from tests.cast import MONDAY, TUESDAY, Cast, acting, uuid_of
from tests.committees import MEETING, clinical, convene, move
from tests.pages import signed_in

HOUR = timedelta(hours=1)
HELD = datetime(2026, 3, 9, 13, 30, tzinfo=UTC)
SERIES = uuid_of("a year of meetings")

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_one(cast: Cast) -> str:
    """The clinical committee meets on the 9th; Inès, who also meets Maya today, has its address."""
    convene(cast)
    plan(cast)
    say(cast)
    return make(cast, of=clinic(cast))


def pressed() -> dict[str, str]:
    return {"form_id": AddressForm.signer().sign(uuid4().hex)}


def clinic(cast: Cast) -> UUID:
    with acting(cast.louise):
        return clinical().pk


def steering(cast: Cast) -> Committee:
    """Inès sits there too; it meets on the 10th."""
    of = Committee.objects.get(slug="directeur")
    for slug in ("louise", "ines"):
        who: Actor = getattr(cast, slug)
        actions.name_member(
            uuid_of(f"{slug} steers"), of, user_id=who.user_id,
            organisation_id=who.organisation_id, is_chair=slug == "louise", by=cast.louise,
            at=MONDAY,
        )  # fmt: skip
    called = Called(uuid_of("they steer"), date(2026, 3, 10), time(13), time(15), "REMOTE")
    actions.call(of, called, by=cast.louise, at=MONDAY)
    return of


def cancel(cast: Cast, meeting=MEETING, at: datetime = MONDAY) -> None:  # type: ignore[no-untyped-def]
    with acting(cast.louise, at):
        actions.cancel_meeting(meeting, by=cast.louise, at=at)


def test_it_gives_the_meetings_of_that_committee_alone(cast: Cast, of_one: str) -> None:
    with acting(cast.louise):
        steering(cast)

    assert hours(of_one) == [(HELD, 2 * HOUR)]
    assert len(hours(make(cast))) == 3


def test_it_is_for_whoever_sits_there(cast: Cast, of_one: str) -> None:
    of = clinic(cast)
    with pytest.raises(NotAllowed):
        make(cast, by=cast.yanick, of=of)
    with clock.at(MONDAY):
        page = signed_in(cast.yanick).post(f"/calendar/committees/{of}/new/", pressed())
        ended = signed_in(cast.yanick).post(f"/calendar/committees/{of}/end/")
    assert (page.status_code, ended.status_code) == (404, 404)


def test_it_ends_with_the_seat_by_hand_and_when_the_organisation_says_no(
    cast: Cast, of_one: str
) -> None:
    both, of = make(cast), clinic(cast)
    client = signed_in(cast.ines)
    with clock.at(MONDAY):
        assert client.post(f"/calendar/committees/{of}/end/").status_code == 302
    assert same_404(asked(of_one)) == same_404(asked("a" * 43))
    assert len(hours(both)) == 2  # the other one goes on

    anew = make(cast, of=of)
    with acting(cast.louise, TUESDAY):
        actions.end_member(uuid_of("ines sits"), by=cast.louise, at=TUESDAY)
    assert hours(anew, TUESDAY) == []
    say(cast, False, at=TUESDAY)
    assert same_404(asked(anew, TUESDAY)) == same_404(asked("a" * 43))


@pytest.mark.parametrize(("language", "word"), [("fr", "Une adresse"), ("en", "One address")])
def test_the_page_gives_each_its_own_and_shows_it_once(
    cast: Cast, of_one: str, language: str, word: str
) -> None:
    client, of = signed_in(cast.ines, language=language), clinic(cast)
    with clock.at(MONDAY):
        page = client.get("/calendar/").content.decode()
        shown = client.post(f"/calendar/committees/{of}/new/", pressed()).content.decode()
    assert (word in page, ".ics" in page, ".ics" in shown) == (True, False, True)


def test_what_is_moved_has_a_higher_number_and_what_is_not_held_says_so(
    cast: Cast, of_one: str
) -> None:
    def told() -> list[tuple[int, str, datetime]]:
        events = Calendar.from_ical(asked(of_one).content).walk("VEVENT")
        return [(int(e.get("sequence", 0)), str(e.get("status", "")), e.start) for e in events]

    assert told() == [(0, "", HELD)]
    move(cast, date(2026, 3, 6))
    assert told() == [(1, "", datetime(2026, 3, 6, 14, 30, tzinfo=UTC))]
    move(cast, date(2026, 3, 9))
    assert told() == [(2, "", HELD)]
    cancel(cast)
    assert told() == [(3, "CANCELLED", HELD)]


def test_two_calendars_follow_a_year_of_meetings_across_the_clock_change(
    cast: Cast, of_one: str, tmp_path: Path
) -> None:
    """Called at once, each first Thursday; then the second is moved, and the third is not held."""
    with acting(cast.louise):
        called = Called(SERIES, date(2026, 3, 5), time(9, 30), time(11, 30), "REMOTE", 4)
        actions.call(clinical(), called, by=cast.louise, at=MONDAY)
        second, third = _series()[1:3]
        anew = Called(second, date(2026, 4, 9), time(13), time(15), "REMOTE")
        actions.move_meeting(second, anew, by=cast.louise, at=MONDAY)
        actions.cancel_meeting(third, by=cast.louise, at=MONDAY)

    assert shown_by_khal(asked(of_one).content, tmp_path) == [
        "2026-03-05 09:30 – 2026-03-05 11:30 Rendez-vous",
        "2026-03-09 09:30 – 2026-03-09 11:30 Rendez-vous",
        "2026-04-09 13:00 – 2026-04-09 15:00 Rendez-vous",
        "2026-05-07 09:30 – 2026-05-07 11:30 Rendez-vous CANCELLED",
        "2026-06-04 09:30 – 2026-06-04 11:30 Rendez-vous",
    ]


def _series() -> list:  # type: ignore[type-arg]
    from spheres.sharing.models import CommitteeMeeting

    found = CommitteeMeeting.objects.filter(series_id=SERIES).order_by("called_for_at")
    return [one.pk for one in found]


def shown_by_khal(feed: bytes, folder: Path) -> list[str]:
    """What khal says, on a clock of the region, of what vdirsyncer brought home."""
    (folder / "feed.ics").write_bytes(feed)
    (folder / "vdirsyncer").write_text(
        f"""
[general]
status_path = "{folder}/status"
[pair hers]
a = "house"
b = "home"
collections = null
[storage house]
type = "singlefile"
path = "{folder}/feed.ics"
[storage home]
type = "filesystem"
path = "{folder}/home"
fileext = ".ics"
"""
    )
    (folder / "khal").write_text(
        f"""
[calendars]
[[hers]]
path = {folder}/home
[locale]
local_timezone = America/Toronto
default_timezone = America/Toronto
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""
    )
    for verb in ("discover", "sync"):
        run("vdirsyncer", "--config", folder / "vdirsyncer", verb)
    said = run(
        "khal", "-c", folder / "khal", "list", "--day-format", "", "--format",
        "{start-long} – {end-long} {title} {status}", "2026-03-01", "150d",
    )  # fmt: skip
    return [line.strip() for line in said.splitlines() if line.strip()]


def run(client: str, *arguments: object) -> str:
    """A real calendar's client, beside Python; it asks nothing of any network."""
    done = subprocess.run(
        [Path(sys.executable).with_name(client), *map(str, arguments)],
        capture_output=True, text=True, input="y\n", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
