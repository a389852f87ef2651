"""What would the same page cost with nothing of ours? The control: bare rows, a plain template.

Same server, same database, texts in clear in a table of their own, no rights, no encryption, no
journal, no frame. Served apart, on a port of its own, by `bare_settings`.
"""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path

ENGINE = Engine()
LIST = ENGINE.from_string(
    "<html><body><h1>People</h1><ul>{% for p in people %}<li><a href='/case/{{ p.pk }}/'>"
    "{{ p.name }}</a> {{ p.status }}</li>{% endfor %}</ul></body></html>"
)
CASE = ENGINE.from_string(
    "<html><body><h1>{{ p.name }}</h1>{% for n in notes %}<h2>{{ n.at }}</h2><p>{{ n.words }}</p>"
    "<p>{{ n.text }}</p>{% endfor %}</body></html>"
)

# What the control reads, made from the same world as it is built.
TABLES = """
select set_config('spheres.unforced', 'yes', false);
create table bare_person (id uuid primary key, worker_id uuid, name text, status text);
create table bare_note (id uuid primary key, person_id uuid, at timestamptz, words text, text text);
insert into bare_person select f.id, a.user_id, 'Éloïse', 'ACTIVE'
  from participants_file f join participants_assignment a on a.file_id = f.id;
create index on bare_person (worker_id);
insert into bare_note select n.id, n.file_id, n.occurred_at, repeat('mot ', 16), repeat('mot ', 160)
  from notes_note n;
create index on bare_note (person_id, at desc);
"""
GRANT = "grant select on bare_person, bare_note to app"


class Person(models.Model):
    id = models.UUIDField(primary_key=True)
    worker_id = models.UUIDField()
    name = models.TextField()
    status = models.TextField()

    objects: ClassVar[models.Manager[Person]] = models.Manager()

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "bare_person"

    def __str__(self) -> str:
        return self.name


class Note(models.Model):
    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField()
    at = models.DateTimeField()
    words = models.TextField()
    text = models.TextField()

    objects: ClassVar[models.Manager[Note]] = models.Manager()

    class Meta:
        app_label = "bare"
        managed = False
        db_table = "bare_note"

    def __str__(self) -> str:
        return str(self.pk)


def nothing(request: HttpRequest) -> HttpResponse:
    """The trivial page: what the server alone costs."""
    return HttpResponse("ok")


def people(request: HttpRequest, worker: UUID) -> HttpResponse:
    found = list(Person.objects.filter(worker_id=worker).order_by("pk")[:25])
    return HttpResponse(LIST.render(Context({"people": found})))


def case(request: HttpRequest, person: UUID) -> HttpResponse:
    notes = list(Note.objects.filter(person_id=person).order_by("-at", "pk")[:25])
    return HttpResponse(CASE.render(Context({"p": Person.objects.get(pk=person), "notes": notes})))


urlpatterns = [
    path("nothing/", nothing),
    path("people/<uuid:worker>/", people),
    path("case/<uuid:person>/", case),
]
