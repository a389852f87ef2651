"""What do these tests stand on? The cast, the words of the demo region, and a visitor's browser."""

from __future__ import annotations

import math
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from spheres.core import clock, context
from spheres.public.tests.letters import BY_PATH, form_id
from spheres.regions import loading, queries
from spheres.regions.loading import LOADER
from tests.cast import MONDAY
from tests.pages import learn_french
from tests.region import lives

learn_french()
DEMO = Path(__file__).parents[3] / "regions" / "demo"


@pytest.fixture(scope="session")
def words_only(tmp_path_factory):
    """The demo's folder without its people and their lives: these tests have their own."""
    folder = tmp_path_factory.mktemp("regions") / "demo"
    shutil.copytree(
        DEMO,
        folder,
        ignore=shutil.ignore_patterns("people.yaml", *lives()),
    )
    return folder


@pytest.fixture(scope="session")
def photograph(django_db_setup, django_db_blocker, words_only):
    """The region's words, read once for the whole run; nothing of it stays in the database."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            with clock.at(MONDAY), context.acting_as(LOADER):
                loading.load(loading.check(words_only), by=LOADER, at=MONDAY)
                queries.region()
            taken = queries._photograph
            transaction.set_rollback(True)
        connection.close()
    queries.forget()
    return taken


@pytest.fixture
def world(cast, photograph, monkeypatch):
    """The cast, with Louise's desk where the region's referrals arrive."""
    facts = replace(photograph.region, desk_organisation_id=cast.institute.id)
    said = replace(photograph, region=facts, taken=math.inf)
    monkeypatch.setattr(queries, "_photograph", said)
    return cast


class Visitor:
    """A browser on the youth site: it has come for the first time, from nowhere."""

    def __init__(self, language="fr"):
        self.client = Client(headers={"host": "youth.localhost", "sec-fetch-site": "same-origin"})
        self.client.raise_request_exception = False
        if language != "fr":
            self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = language

    def get(self, path, **others):
        with clock.at(MONDAY):
            return self.client.get(path, **others)

    def fill(self, path, **changes):
        """A whole form as its page shows it, with these answers changed."""
        return BY_PATH[path] | {"form_id": form_id(self.get(path))} | changes

    def send(self, path, form=None, *, headers=None, **changes):
        with clock.at(MONDAY):
            return self.client.post(path, form or self.fill(path, **changes), headers=headers or {})


@pytest.fixture
def visitor(world):
    return Visitor()
