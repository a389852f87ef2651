"""Is a region’s folder loaded as it was shown, and the journal’s seals read with nothing of it?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from spheres.accounts.models import Organisation, Role
from spheres.audit import actions as audit
from spheres.core import clock, context
from spheres.core.actor import Actor, service
from spheres.core.errors import WrongState
from spheres.interop.upkeep import actions, queries
from spheres.regions import loading
from spheres.regions.models import Region
from spheres.ui.forms import Form
from tests.cast import LOADER, MONDAY, Cast, acting, add_person, uuid_of
from tests.pages import signed_in

pytestmark = pytest.mark.django_db
MONTREAL = Path(__file__).resolve().parents[4] / "regions" / "montreal"
PAGE, JOURNAL = "/upkeep/region/", "/upkeep/journal/"


@pytest.fixture
def folder(settings, tmp_path) -> Iterator[Path]:
    """A real region, loaded from a folder of this machine."""
    place = tmp_path / "regions" / "montreal"
    shutil.copytree(MONTREAL, place)
    settings.ROOT = tmp_path
    with clock.at(MONDAY):
        with context.unit_of_work(LOADER):
            found = loading.check(place)
            loading.load(found, by=LOADER, at=MONDAY)
            loading.finish(found, by=LOADER)
        yield place


def somebody(name: str, role: Role) -> Actor:
    with acting(LOADER):
        return add_person(name, Organisation.objects.get(slug="iujd"), role)


@pytest.fixture
def theo(folder: Path) -> Actor:
    return somebody("Theo", Role.TECHNICAL_ADMINISTRATOR)


def rename(folder: Path) -> None:
    file = folder / "region.yaml"
    file.write_text(file.read_text().replace("Greater Montréal", "Montréal and around"))


def press(who: Actor, mark: str, *, proved: datetime = MONDAY) -> Any:
    body = {"form_id": Form.signer().sign(uuid_of("reload").hex), "fingerprint": mark}
    return signed_in(who, at=proved, language="en").post(PAGE, body)


def name() -> str:
    with acting(LOADER):
        return str(Region.objects.get().name_en)


def test_what_would_change_is_shown_then_done_at_one_press(theo: Actor, folder: Path) -> None:
    rename(folder)
    with acting(theo):
        shown = queries.reload(actor=theo, at=MONDAY)

    page = signed_in(theo, language="en").get(PAGE).content.decode()
    assert "Would be changed" in page
    assert name() == "Greater Montréal"
    assert press(theo, shown.fingerprint).status_code == 302
    assert name() == "Montréal and around"
    assert "Nothing would change" in signed_in(theo, language="en").get(PAGE).content.decode()


def test_whoever_loads_it_has_just_proved_who_they_are(theo: Actor, folder: Path) -> None:
    """To look asks for no proof; to load may end the access of partners."""
    rename(folder)
    long_ago = MONDAY - timedelta(minutes=6)
    with acting(theo):
        shown = queries.reload(actor=theo, at=MONDAY)

    looked = signed_in(theo, at=long_ago, language="en").get(PAGE)
    answer = press(theo, shown.fingerprint, proved=long_ago)
    assert "Would be changed" in looked.content.decode()
    assert (answer.status_code, answer.headers["Location"][:7]) == (302, "/prove/")
    assert name() == "Greater Montréal"
    again = press(theo, shown.fingerprint, proved=MONDAY - timedelta(minutes=5))
    assert (again.status_code, again.headers["Location"]) == (302, PAGE)
    assert name() == "Montréal and around"


def test_a_folder_that_changed_since_it_was_shown_is_not_loaded(theo: Actor, folder: Path) -> None:
    with acting(theo):
        shown = queries.reload(actor=theo, at=MONDAY)
    rename(folder)

    assert press(theo, shown.fingerprint).status_code == 409
    assert name() == "Greater Montréal"


def test_what_does_not_read_is_said_with_its_file(theo: Actor, folder: Path) -> None:
    file = folder / "region.yaml"
    file.write_text(file.read_text().replace("from: 12", "from: twelve"))

    page = signed_in(theo, language="en").get(PAGE).content.decode()

    assert "It does not read" in page
    assert "region.yaml" in page
    assert "Load it" not in page


def test_without_its_folder_nothing_is_offered(theo: Actor, folder: Path) -> None:
    shutil.rmtree(folder)
    assert "Load it" not in signed_in(theo, language="en").get(PAGE).content.decode()


def test_a_demonstration_is_not_loaded_from_here(cast: Cast) -> None:
    with acting(LOADER):
        who = add_person("Theo", cast.la_maison, Role.TECHNICAL_ADMINISTRATOR)
    with pytest.raises(WrongState), acting(who):
        actions.reload_region("demo", "", by=who, at=MONDAY)


def test_seals_are_read_and_nothing_of_what_they_cover(theo: Actor) -> None:
    sealer = service("sealer")
    with acting(sealer):
        sealed = audit.seal(by=sealer, at=MONDAY)

    page = signed_in(theo, language="en").get(JOURNAL).content.decode()

    assert sealed.note.splitlines()[0] in page
    assert str(theo.user_id) not in page


@pytest.mark.parametrize("role", [Role.YOUTH_WORKER, Role.COORDINATOR, Role.PRIVACY_OFFICER])
@pytest.mark.parametrize("page", [PAGE, JOURNAL])
def test_nobody_else_has_these_pages(folder: Path, role: Role, page: str) -> None:
    assert signed_in(somebody("Ada", role)).get(page).status_code == 403
