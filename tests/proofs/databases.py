"""Databases of our own, for proofs that commit, that use several connections, or break things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections

from spheres.config import cluster
from spheres.config.settings import database
from spheres.core import context
from spheres.core.actor import Actor
from tests.databases import leave_the_database, made_from

SEARCH = "-c search_path=public,keys -c timezone=UTC"
Connection = psycopg.Connection[Any]


@contextmanager
def copied(name: str, template: str = "") -> Iterator[cluster.Cluster]:
    """A copy of the migrated test database, or of another one of tests; dropped at the end."""
    template = template or settings.DATABASES["default"]["NAME"]
    ours = cluster.from_environment()
    assert template.startswith("test_")
    leave_the_database(template)
    ours.drop_database(name)
    made = made_from(template, name, here=ours)
    try:
        yield made
    finally:
        ours.drop_database(name)


@contextmanager
def signed_in(url: str) -> Iterator[Connection]:
    """One connection under one role; whatever was not committed is rolled back."""
    # A question is planned once for everybody who asks it: what it answers is the same.
    with psycopg.connect(url, options=f"{SEARCH} -c plan_cache_mode=force_generic_plan") as made:
        yield made
        made.rollback()


@contextmanager
def as_owner(made: cluster.Cluster) -> Iterator[None]:
    """Django's own connection signs in as `owner`, for what migrate and drift do."""
    wrapper = connections["default"]
    leave_the_database()
    as_app = dict(wrapper.settings_dict)
    wrapper.settings_dict.update(database(made.owner_url, pooled=False))
    try:
        yield
    finally:
        wrapper.close()
        wrapper.settings_dict.clear()
        wrapper.settings_dict.update(as_app)


def act(on: Connection, actor: Actor, at: datetime) -> None:
    """What `acting_as` does, on a connection of our own."""
    say(on, context.sign(actor, at))


def say(on: Connection, value: str) -> None:
    """Set the context to whatever is given, signed or not."""
    on.execute("select set_config(%s, %s, true)", [context.SETTING, value])
