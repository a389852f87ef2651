"""Does whoever reads without a signed context fail loudly, instead of seeing an empty list?

An empty safety net shown as «none» is dangerous. So each way of reading outside its context is
tried here, once where it must fail (42501, or NoContext) and once where it must work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from django.apps import apps as registered
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DataError, ProgrammingError, connection, migrations, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from procrastinate.contrib.django import app as queue
from psycopg.errors import InsufficientPrivilege

from conftest import TEST_DATABASE, owner_settings
from spheres.config.unit_of_work import WritesOnReading
from spheres.core import clock, context
from spheres.core.actor import service
from spheres.core.errors import NoContext
from spheres.core.jobs import job
from spheres.core.row_security import unforced
from spheres.participants.models import FollowUp
from tests.architecture import pages_without_context as pages
from tests.cast import LOADER, MONDAY, Cast, acting
from tests.pages import signed_in, visitor

HERE = pages.__name__
UNIT_OF_WORK = "spheres.config.unit_of_work.UnitOfWork"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(HERE)]


@contextmanager
def refused_by_the_database() -> Iterator[None]:
    """The block ends with PostgreSQL's «insufficient privilege» (42501), and nothing else."""
    with pytest.raises(ProgrammingError) as refusal:
        yield
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege), refusal.value


def one_follow_up(cast: Cast) -> str:
    with acting(cast.ines):
        return f"[{FollowUp.objects.get().pk}]"


@pytest.fixture
def ines(cast: Cast):  # type: ignore[no-untyped-def]
    with clock.at(MONDAY):
        yield signed_in(cast.ines)


def middleware_with(settings, *, before: str = "", without: str = "") -> None:  # type: ignore[no-untyped-def]
    settings.MIDDLEWARE = [
        *([before] if before else []),
        *(one for one in django_settings.MIDDLEWARE if one != without),
    ]


# Pages.


@pytest.mark.parametrize("page", ["/at-once/", "/rendered-late/"])
def test_a_page_within_its_unit_of_work_shows_what_there_is(cast, ines, page) -> None:  # type: ignore[no-untyped-def]
    assert ines.get(page).content.decode() == one_follow_up(cast)


@pytest.mark.parametrize("page", ["/at-once/", "/rendered-late/"])
def test_a_page_without_a_context_is_refused(ines, settings, page) -> None:  # type: ignore[no-untyped-def]
    middleware_with(settings, without=UNIT_OF_WORK)

    with refused_by_the_database():
        ines.get(page)


def test_what_is_read_after_the_unit_of_work_is_refused(ines, settings) -> None:  # type: ignore[no-untyped-def]
    middleware_with(settings, before=f"{HERE}.ReadsLate")

    with refused_by_the_database():
        ines.get("/handed-out/")


def test_what_is_read_before_anybody_acts_is_refused(ines, settings) -> None:  # type: ignore[no-untyped-def]
    middleware_with(settings, before=f"{HERE}.ReadsEarly")

    with refused_by_the_database():
        ines.get("/at-once/")


def test_nothing_is_streamed(ines) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TypeError, match="Nothing is streamed"):
        ines.get("/streamed/")


def test_what_runs_after_the_commit_is_refused(ines, django_capture_on_commit_callbacks) -> None:  # type: ignore[no-untyped-def]
    with refused_by_the_database(), django_capture_on_commit_callbacks(execute=True):
        ines.get("/after-commit/")


def test_what_runs_after_the_commit_as_somebody_works(  # type: ignore[no-untyped-def]
    ines, django_capture_on_commit_callbacks
) -> None:
    pages.COUNTED.clear()
    with django_capture_on_commit_callbacks(execute=True):
        ines.get("/after-commit-as-somebody/")

    assert pages.COUNTED == [1]


def test_a_page_is_its_reader_s_again_after_a_nested_context(ines) -> None:  # type: ignore[no-untyped-def]
    assert ines.get("/nested/").content.decode() == "1 0 1"


def test_nobody_is_left_acting_when_a_page_is_done(ines) -> None:  # type: ignore[no-untyped-def]
    ines.get("/at-once/")

    with pytest.raises(NoContext):
        context.acting()
    with refused_by_the_database():
        list(FollowUp.objects.all())


def test_a_page_asked_with_get_cannot_write(ines) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(WritesOnReading):
        ines.get("/writes/")
    with pytest.raises(WritesOnReading):
        visitor().get("/writes/")


# Nested contexts.


def who_acts() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select access.actor()")
        return str(cursor.fetchone()[0])


def test_a_nested_context_gives_the_place_back(cast: Cast) -> None:
    with acting(cast.ines):
        with context.acting_as(cast.samir):
            assert (who_acts(), FollowUp.objects.count()) == (str(cast.samir.user_id), 0)
        assert (who_acts(), FollowUp.objects.count()) == (str(cast.ines.user_id), 1)
        assert context.acting() == cast.ines


@pytest.mark.parametrize("savepoint", ["outside", "inside"])
@pytest.mark.parametrize("error", ["of Python", "of the database"])
def test_a_nested_context_gives_the_place_back_on_error_too(
    cast: Cast, error: str, savepoint: str
) -> None:
    def fail() -> None:
        if error == "of Python":
            raise LookupError
        with connection.cursor() as cursor:
            cursor.execute("select 1/0")

    with acting(cast.ines):
        outer, inner = transaction.atomic(), context.acting_as(cast.samir)
        if savepoint == "inside":
            outer, inner = inner, outer
        with suppress(LookupError, DataError), outer, inner:
            fail()
        assert (who_acts(), FollowUp.objects.count()) == (str(cast.ines.user_id), 1)
        assert context.acting() == cast.ines


def test_after_the_outermost_context_nobody_acts(cast: Cast) -> None:
    with acting(cast.ines):
        pass

    with refused_by_the_database():
        list(FollowUp.objects.all())


def test_a_query_in_another_s_name_is_refused(cast: Cast) -> None:
    with acting(cast.ines), pytest.raises(NoContext):
        context.require(cast.samir)


@pytest.mark.parametrize("altered", ["", "a|b", "{}x"])
def test_a_context_that_the_database_did_not_verify_is_refused(cast: Cast, altered: str) -> None:
    forged = altered.format(context.sign(cast.ines, MONDAY))

    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("select set_config('spheres.context', %s, true)", [forged])
        list(FollowUp.objects.all())


# Jobs and commands.


def count(**_: object) -> int:
    return len(FollowUp.objects.all())


@pytest.fixture
def queued() -> Iterator[Callable[..., object]]:
    """Register a task for the length of one test."""
    before = set(queue.tasks)
    yield queue.task
    for name in set(queue.tasks) - before:
        del queue.tasks[name]


def test_a_bare_task_is_refused(cast: Cast, queued: Callable[..., object]) -> None:
    task = queue.task(name="tests.bare")(count)

    with refused_by_the_database():
        task()


def test_a_job_works_in_the_name_of_its_service(cast: Cast, queued: Callable[..., object]) -> None:
    task = job(service_name="loader", name="tests.job")(lambda by: (by, context.acting(), count()))

    assert task() == (service("loader"), service("loader"), 0)


def bare_tasks() -> list[str]:
    """Every task that is not a job; the queue's own housekeeping reads no row of ours."""
    return sorted(
        {
            task.name
            for task in queue.tasks.values()
            if not hasattr(task.func, "service") and not task.name.startswith("builtin:")
        }
    )


def test_every_task_is_a_job(queued: Callable[..., object]) -> None:
    assert bare_tasks() == []

    queue.task(name="tests.bare")(count)
    assert bare_tasks() == ["tests.bare"]


class Bare(BaseCommand):
    def handle(self, *args: object, **options: object) -> str:
        return str(count())


class AsService(BaseCommand):
    def handle(self, *args: object, **options: object) -> str:
        with context.unit_of_work(LOADER):
            return str(count())


def test_a_command_without_a_context_is_refused(cast: Cast) -> None:
    with refused_by_the_database():
        call_command(Bare())


def test_a_command_that_names_its_service_works(cast: Cast) -> None:
    assert call_command(AsService()) == "0"


# Data migrations.


@contextmanager
def as_owner() -> Iterator[BaseDatabaseWrapper]:
    """A second connection, of the role that migrates, over rows that are never kept."""
    owner = connection.copy("owner")
    owner.settings_dict.update(owner_settings(TEST_DATABASE))
    try:
        owner.set_autocommit(False)
        with unforced(owner), owner.cursor() as cursor:
            cursor.execute(
                "insert into sharing_conflict (id, user_id, file_id, declared_at) "
                "select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), now()"
            )
        yield owner
    finally:
        owner.rollback()
        owner.close()


def touch(apps: object, schema_editor: object) -> None:
    with schema_editor.connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("update sharing_conflict set declared_at = declared_at")
        assert cursor.rowcount == 1


def touch_unforced(apps: object, schema_editor: object) -> None:
    with unforced(schema_editor.connection):  # type: ignore[attr-defined]
        touch(apps, schema_editor)


def run(work: Callable[..., None], owner: BaseDatabaseWrapper) -> None:
    state = migrations.state.ProjectState(real_apps=set(registered.app_configs))
    editor = owner.schema_editor(atomic=False)
    migrations.RunPython(work).database_forwards("sharing", editor, state, state)


def test_a_data_migration_that_does_not_say_so_is_refused(django_db_blocker) -> None:  # type: ignore[no-untyped-def]
    with as_owner() as owner:
        with pytest.raises(ProgrammingError) as refusal:
            run(touch, owner)
        assert isinstance(refusal.value.__cause__, InsufficientPrivilege)


def test_a_data_migration_that_says_so_touches_its_rows() -> None:
    with as_owner() as owner:
        run(touch_unforced, owner)
