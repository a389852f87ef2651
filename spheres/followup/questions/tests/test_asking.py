"""Does a question reach the desk once, wait under its code, and go for good when she says so?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from spheres.audit.models import Event
from spheres.core import clock
from spheres.core.actor import NOBODY, VISITOR, Actor, asker, service
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.questions import actions, queries, tasks
from spheres.followup.questions.models import Message, Question, QuestionStatus
from spheres.followup.questions.tests.factories import WORDS, answer, ask, code_of, seen_under
from spheres.regions import queries as regions
from spheres.sharing.models import Handler
from spheres.vault import actions as vault
from spheres.vault import cipher
from spheres.vault.models import Kind
from tests.cast import MONDAY, TUESDAY, acting, uuid_of

EXPIRY = service("expiry")
ANSWER = "Oui. On ne les appelle pas."


def read_by(actor, matter, at=MONDAY):
    with acting(actor, at):
        thread = queries.thread(matter, actor=actor)
    return None if thread is None else [one.words for one in thread.messages]


def test_the_desk_reads_a_question_and_its_answer_waits_under_the_code(cast):
    matter = ask(cast)
    before = seen_under(code_of())
    answer(matter, ANSWER, by=cast.louise)
    answer(matter, "Appelle-nous quand tu veux.", by=cast.louise, at=TUESDAY, name="more")

    assert before == [WORDS]
    assert seen_under(code_of()) == [WORDS, ANSWER, "Appelle-nous quand tu veux."]
    with acting(cast.louise):
        assert queries.thread(matter, actor=cast.louise).nickname == "Loup"


def test_a_code_is_read_however_it_is_typed(cast):
    ask(cast)

    assert seen_under(f" {code_of().lower().replace('-', ' ')} ") == [WORDS]
    assert len(code_of()) == 14


def test_the_same_form_sent_twice_makes_one_question(cast):
    matter = ask(cast)
    ask(cast, words="Autre chose.")

    assert read_by(cast.louise, matter) == [WORDS]
    with acting(cast.louise):
        assert Handler.objects.filter(matter_id=matter).count() == 1


def test_nobody_but_the_desk_and_the_worker_it_asks_knows_of_a_question(cast):
    matter = ask(cast)
    other = ask(cast, "another question", words="Et moi?")
    everybody = [cast.ines, cast.karim, cast.samir, cast.roy, cast.amrani, cast.nadia, VISITOR]
    strangers = [*everybody, asker(other), asker(uuid_of("nobody"))]
    with acting(cast.louise):
        actions.hand(matter, to=cast.ines.user_id, by=cast.louise, at=MONDAY)

    assert [read_by(one, matter) for one in strangers] == [[WORDS], *[None] * (len(strangers) - 1)]
    assert read_by(cast.ines, other) is None


def test_a_worker_answers_what_was_handed_until_it_is_taken_back(cast):
    matter = ask(cast)
    with acting(cast.louise):
        actions.hand(matter, to=cast.ines.user_id, by=cast.louise, at=MONDAY)
    answer(matter, ANSWER, by=cast.ines)
    with acting(cast.louise, TUESDAY):
        held = [one.name for one in queries.holders(matter, actor=cast.louise)]
        actions.take_back(matter, of=cast.ines.user_id, by=cast.louise, at=TUESDAY)

    assert held == ["Inès"]
    assert read_by(cast.ines, matter, TUESDAY) is None
    assert seen_under(code_of(), TUESDAY) == [WORDS, ANSWER]


@pytest.mark.parametrize("who", ["roy", "nadia", "louise"])
def test_a_question_is_handed_to_workers_alone(cast, who):
    matter = ask(cast)

    with pytest.raises(NotAllowed), acting(cast.louise):
        actions.hand(matter, to=getattr(cast, who).user_id, by=cast.louise, at=MONDAY)


@pytest.mark.parametrize("who", ["roy", "louise"])
def test_the_database_itself_hands_no_question_to_the_police_nor_to_whoever_is_no_worker(cast, who):
    matter = ask(cast)
    row = Handler(
        id=uuid_of("by hand"),
        matter_id=matter,
        kind="ANSWERS",
        user_id=getattr(cast, who).user_id,
        starts_at=MONDAY,
    )

    with pytest.raises(ProgrammingError), acting(cast.louise), transaction.atomic():
        Handler.objects.bulk_create([row])


def test_a_word_of_hers_waits_again_whatever_was_set_aside(cast):
    matter = ask(cast)
    with acting(cast.louise):
        assert actions.set_aside([matter], by=cast.louise, at=MONDAY) == 1
        assert queries.queue(actor=cast.louise).waiting == []
    with acting(asker(matter), TUESDAY) as her:
        actions.add(matter, uuid_of("more"), words="S’il vous plaît.", by=her, at=TUESDAY)
        actions.add(matter, uuid_of("more"), words="S’il vous plaît.", by=her, at=TUESDAY)

    with acting(cast.louise, TUESDAY):
        (waiting,) = queries.queue(actor=cast.louise).waiting
    assert (waiting.file_id, waiting.words) == (matter, "S’il vous plaît.")
    assert seen_under(code_of(), TUESDAY) == [WORDS, "S’il vous plaît."]


def test_nobody_writes_in_another_s_name(cast):
    matter = ask(cast)

    def row(side, by):
        said = Message(
            id=uuid_of(f"{side} {by}"), file_id=matter, side=side, written_by=by, written_at=MONDAY
        )
        said.words = b""
        return said

    wrong = [
        (cast.louise, row("HERS", cast.louise.user_id)),
        (cast.louise, row("OURS", cast.ines.user_id)),
        (cast.ines, row("OURS", cast.ines.user_id)),
        (asker(matter), row("OURS", matter)),
        (VISITOR, row("HERS", VISITOR.user_id)),
    ]
    for actor, said in wrong:
        with pytest.raises(ProgrammingError), acting(actor, TUESDAY), transaction.atomic():
            Message.objects.bulk_create([said])


def test_stop_erase_it_now_leaves_no_word_no_key_and_no_code(cast):
    matter = ask(cast)
    answer(matter, ANSWER, by=cast.louise)
    with acting(cast.louise):
        (copied,) = Message.objects.filter(file_id=matter, side="HERS")
        assert keys_of(matter, bytes(copied.words)) == 2

    with acting(asker(matter), TUESDAY) as her:
        actions.erase_now(matter, by=her, at=TUESDAY)

    assert seen_under(code_of(), TUESDAY) is None
    assert read_by(cast.louise, matter, TUESDAY) is None
    with acting(EXPIRY, TUESDAY):
        (stands,) = QuestionStatus.objects.filter(file_id=matter)
        assert keys_of(matter, bytes(copied.words)) == 0
        # A copy of the row, kept by whoever had it, opens no more.
        assert vault.open([copied], by=EXPIRY)[0].opened.words == str(vault.ERASED)
    assert (stands.status, bytes(stands.code)) == ("ERASED", b"")
    with pytest.raises(NotAllowed), acting(asker(matter), TUESDAY) as her:
        actions.add(matter, uuid_of("late"), words="Allô?", by=her, at=TUESDAY)


def keys_of(matter, locked):
    """How many keys are left: the newest of the matter, and the one that locked this text."""
    number = cipher.key_number(locked)
    with connection.cursor() as cursor:
        cursor.execute(
            "select (select count(*) from access.newest_key(%s, %s)) "
            "+ (select count(*) from access.keys(%s, %s))",
            [matter, str(Kind.REFERRAL), [number], [matter]],
        )
        return cursor.fetchone()[0]


def the_night(at):
    """What the worker does at night: the round, then each job it queued."""
    with clock.at(at):
        tasks.expire()
        queued = list(ProcrastinateJob.objects.filter(task_name="questions.expire_one"))
        for job in queued:
            tasks.expire_one(**job.args)
    return len(queued)


def test_a_question_is_forgotten_at_night_after_the_delay_from_its_last_word(cast):
    matter = ask(cast)
    answer(matter, ANSWER, by=cast.louise, at=TUESDAY)
    (rule,) = [rule for rule in regions.retention_rules() if rule.code == "question"]
    due = TUESDAY + timedelta(days=rule.keep_days)

    assert rule.keep_days == 30
    assert the_night(due - timedelta(seconds=1)) == 0
    assert seen_under(code_of(), due) == [WORDS, ANSWER]
    assert the_night(due) == 1

    assert seen_under(code_of(), due) is None
    with acting(EXPIRY, due):
        (stands,) = QuestionStatus.objects.filter(file_id=matter)
        hands = list(
            Handler.objects.filter(matter_id=matter).values_list("kind", "user_id", "ends_at")
        )
    assert (stands.status, bytes(stands.code), stands.received_at) == ("EXPIRED", b"", MONDAY)
    assert hands == [("DESK", None, due)]


def test_only_whoever_holds_the_code_erases(cast):
    matter = ask(cast)

    with pytest.raises(NotAllowed), acting(cast.louise):
        actions.erase_now(matter, by=cast.louise, at=MONDAY)
    with pytest.raises(WrongState), acting(asker(uuid_of("other"))) as other:
        actions.erase_now(matter, by=other, at=MONDAY)


def test_no_word_of_it_stands_in_clear_and_only_a_digest_of_the_code(cast):
    matter = ask(cast)

    with acting(cast.louise), connection.cursor() as cursor:
        kept = []
        for model in (Question, Message, QuestionStatus):
            cursor.execute(f"select row_to_json(r)::text from {model._meta.db_table} r")
            kept += [row for (row,) in cursor.fetchall()]
        (standing,) = QuestionStatus.objects.filter(file_id=matter)
    said = " ".join(kept)
    plain = code_of().replace("-", "")
    assert [word for word in ("parents", "Loup", code_of(), plain) if word in said] == []
    assert bytes(standing.code) == queries.digest_of(code_of())


def test_the_journal_says_what_was_done_and_from_nowhere(cast):
    matter = ask(cast)
    answer(matter, ANSWER, by=cast.louise)
    seen_under(code_of())
    with acting(asker(matter), TUESDAY) as her:
        actions.erase_now(matter, by=her, at=TUESDAY)

    # As whoever had that chain for their own: nobody does.
    with acting(Actor(matter, NOBODY, frozenset({"nobody"}))):
        told = set(
            Event.objects.filter(chain_id=matter).values_list("action", "session", "network")
        )
    assert sorted(action for action, _session, _network in told) == [
        "erased.referral",
        "open",
        "question.answered",
        "question.asked",
        "question.erased",
    ]
    assert {(session, network) for _action, session, network in told} == {("", "")}
    with acting(asker(matter)):
        assert Event.objects.filter(chain_id=matter).count() == 0
