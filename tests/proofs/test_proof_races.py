"""When two do the same thing at the same instant, is there one, and is nothing written over?

Each race starts its threads at one barrier, each on a connection of its own, each act committed.
What the losers are told is part of the proof: a clear refusal, or the very thing they asked for.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from spheres.accounts.models import Role
from spheres.core.actor import Actor
from spheres.core.errors import NotAllowed, WrongState
from spheres.followup.admission import actions as admission
from spheres.followup.admission.policy import SOMEONE_SAID_YES
from spheres.followup.likeness import actions
from spheres.followup.notes import actions as notes
from spheres.records import actions as records
from spheres.records import queries as drafts
from spheres.sharing.rules import NOTES
from tests import alike
from tests.cast import LOADER, MONDAY, add_person, refer, uuid_of
from tests.proofs.committed_world import World
from tests.proofs.figures import tell

SOON = MONDAY + timedelta(minutes=1)
Act = Callable[[], object]


def race(*acts: Act) -> list[object]:
    """Do these at one instant; what each gives back, or the refusal it met."""
    results: list[object] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(number: int, act: Act) -> None:
        try:
            start.wait()
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    runners = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    return results


def count(world: World, query: str, *values: object) -> int:
    with world.admin() as admin:
        return int(admin.execute(query, values).fetchone()[0])


def unexpected(results: list[object], *refusals: type[Exception]) -> list[object]:
    return [r for r in results if isinstance(r, Exception) and not isinstance(r, refusals)]


class Races:
    """Each race returns a sentence for whatever it found wrong."""

    def __init__(self, world: World) -> None:
        self.world, self.cast = world, world.cast
        with world.acting(LOADER):
            self.odile = add_person("Odile", self.cast.institute, Role.COORDINATOR)

    def form_sent_twice(self, name: str) -> str:
        """A double tap on the public form: one referral, one number, for both."""
        said = race(*[lambda: self._refer(name)] * 3)
        made = count(
            self.world, "select count(*) from admission_referral where file_id = %s",
            admission.file_of(uuid_of(f"referral of {name}")),
        )  # fmt: skip
        events = self._events(
            "referral.received", admission.file_of(uuid_of(f"referral of {name}"))
        )
        return self._judge(said, made == events == 1 and len(set(map(str, said))) == 1)

    def note_signed_twice(self, name: str) -> str:
        """Two writers of one form identifier: the first text stands, whole, and one event."""
        note_id = uuid_of(name)
        said = race(*(lambda words=words: self._sign(note_id, words) for words in "ABC"))
        rows = count(self.world, "select count(*) from notes_note where id = %s", note_id)
        return self._judge(said, rows == self._events("note.signed", note_id) == 1)

    def note_corrected_twice(self, name: str) -> str:
        """Two corrections of one note, of two windows: one is made, the other is told."""
        note_id = uuid_of(name)
        self._sign(note_id, "A")
        said = race(*[lambda: self._correct(note_id)] * 2)
        made = count(self.world, "select count(*) from notes_note where corrects_id = %s", note_id)
        refused = sum(isinstance(r, (WrongState, NotAllowed)) for r in said)
        return self._judge(said, made == refused == 1, WrongState, NotAllowed)

    def draft_of_two_windows(self, name: str) -> str:
        """One draft saved from two windows: each version whole, none mixed, all counted."""
        draft_id = uuid_of(name)
        self._save(draft_id, "-")
        said = race(*(lambda words=words: self._save(draft_id, words) for words in "ABC"))
        with self.world.acting(self.cast.ines, SOON):
            (draft,) = [
                draft
                for draft in drafts.drafts_of(self.cast.maya.file_id, actor=self.cast.ines)
                if draft.pk == draft_id
            ]
            typed = records.open_draft(draft, by=self.cast.ines)
            version = draft.text_version
            records.discard_draft(draft_id, by=self.cast.ines)
        whole = typed in [{"her_words": w * 50, "support": w * 50} for w in "ABC"]
        return self._judge(said, whole and version == 4)

    def draft_saved_while_signed(self, name: str) -> str:
        """The ten-second saving meets the signature: the note stands, no ghost is left of it."""
        note_id = uuid_of(name)
        self._save(note_id, "A")
        said = race(lambda: self._save(note_id, "B"), lambda: self._sign(note_id, "C"))
        rows = count(self.world, "select count(*) from notes_note where id = %s", note_id)
        ghosts = count(self.world, "select count(*) from records_draft where id = %s", note_id)
        return self._judge(said, (rows, ghosts) == (1, 0), WrongState)

    def first_draft_sent_while_signed(self, name: str) -> str:
        """The sentence just typed is saved as the finger signs: signed, and not begun again."""
        note_id = uuid_of(name)
        signed, saved = threading.Event(), threading.Event()

        def sign_slowly() -> object:
            with self.world.acting(self.cast.ines, SOON):
                said = self._sign(note_id, "C")
                signed.set()
                saved.wait(0.1)  # signed, and not committed yet
                return said

        def save_meanwhile() -> object:
            signed.wait(10)
            said = self._save(note_id, "B")
            saved.set()
            return said

        said = race(sign_slowly, save_meanwhile)
        rows = count(self.world, "select count(*) from notes_note where id = %s", note_id)
        ghosts = count(self.world, "select count(*) from records_draft where id = %s", note_id)
        return self._judge(said, (rows, ghosts) == (1, 0))

    def offer_accepted_twice(self, name: str) -> str:
        """One offer, two taps on «I accept»: one file, one worker, the second is told."""
        file_id, offer_id = self._referred(name), uuid_of(f"offer {name}")
        self._offer(file_id, self.cast.ines.user_id, offer_id, self.cast.louise)
        said = race(*[lambda: self._accept(offer_id, self.cast.ines)] * 3)
        return self._judge_accepted(said, file_id, losers=2)

    def accepted_while_taken_back(self, name: str) -> str:
        """She accepts as the desk takes the offer back: a file, or none and the offer gone."""
        file_id, offer_id = self._referred(name), uuid_of(f"offer {name}")
        self._offer(file_id, self.cast.ines.user_id, offer_id, self.cast.louise)
        said = race(
            lambda: self._accept(offer_id, self.cast.ines), lambda: self._take_back(offer_id)
        )
        files = count(self.world, "select count(*) from participants_file where id = %s", file_id)
        back = count(
            self.world,
            "select count(*) from admission_offer where id = %s and status = 'TAKEN_BACK'",
            offer_id,
        )
        return self._judge(said, files + back == 1, WrongState, NotAllowed)

    def two_coordinators_offer(self, name: str) -> str:
        """Two coordinators offer at once, to two workers: both offers stand, each once."""
        file_id = self._referred(name)
        desk = ((self.cast.louise, self.cast.ines), (self.odile, self.cast.yanick))
        said = race(
            *(lambda by=by, to=to: self._offer(file_id, to.user_id, uuid4(), by) for by, to in desk)
        )
        offers = count(
            self.world, "select count(*) from admission_offer where file_id = %s", file_id
        )
        return self._judge(said, (offers, self._standing(file_id, "OFFERED")) == (2, 1))

    def two_accept_at_once(self, name: str) -> str:
        """Offered to two, who accept at one instant: one file, one worker, the other is told."""
        file_id, asked = self._referred(name), (self.cast.ines, self.cast.yanick, self.cast.samir)
        offers = {uuid_of(f"offer {name} to {who.user_id}"): who for who in asked}
        with self.world.acting(self.cast.louise, SOON) as louise:
            workers = {offer_id: who.user_id for offer_id, who in offers.items()}
            admission.offer_to(file_id, workers, by=louise, at=SOON)
        said = race(
            *(
                lambda offer_id=offer_id, who=who: self._accept(offer_id, who)
                for offer_id, who in offers.items()
            )
        )
        told = [str(r.reason) for r in said if isinstance(r, WrongState)]
        if told != [str(SOMEONE_SAID_YES)] * 2:
            return f"{said}"
        return self._judge_accepted(said, file_id, losers=2)

    def accepted_while_closed(self, name: str) -> str:
        """The worker accepts as the desk closes: one of both, never half of each."""
        file_id, offer_id = self._referred(name), uuid_of(f"offer {name}")
        self._offer(file_id, self.cast.ines.user_id, offer_id, self.cast.louise)
        said = race(
            lambda: self._accept(offer_id, self.cast.ines),
            lambda: self._close(file_id),
        )
        files = count(self.world, "select count(*) from participants_file where id = %s", file_id)
        accepted = self._standing(file_id, "ACCEPTED")
        # Whoever comes a moment too late is told so, whichever of the two it is.
        told = sum(isinstance(r, (WrongState, NotAllowed)) for r in said)
        return self._judge(said, files == accepted and told == 1, WrongState, NotAllowed)

    def declined_while_closed(self, name: str) -> str:
        """The worker declines as the desk closes: the matter is closed; the late one is told."""
        file_id, offer_id = self._referred(name), uuid_of(f"offer {name}")
        self._offer(file_id, self.cast.ines.user_id, offer_id, self.cast.louise)
        said = race(lambda: self._decline(offer_id), lambda: self._close(file_id))
        closed = self._standing(file_id, "ORIENTED")
        told = sum(isinstance(r, (WrongState, NotAllowed)) for r in said)
        return self._judge(said, closed == 1 and told <= 1, WrongState, NotAllowed)

    def closed_by_two(self, name: str) -> str:
        """Two coordinators close at once: one does, the other is told."""
        file_id = self._referred(name)
        said = race(
            *(lambda by=by: self._close(file_id, by) for by in (self.cast.louise, self.odile))
        )
        told = sum(isinstance(r, (WrongState, NotAllowed)) for r in said)
        events = count(
            self.world,
            "select count(*) from audit_event where action = 'referral.oriented' and chain_id = %s",
            file_id,
        )
        right = self._standing(file_id, "ORIENTED") == events == told == 1
        return self._judge(said, right, WrongState, NotAllowed)

    def offered_while_closed(self, name: str) -> str:
        """One coordinator offers as the other closes: closed, and no offer is left standing."""
        file_id = self._referred(name)
        said = race(
            lambda: self._offer(file_id, self.cast.ines.user_id, uuid4(), self.odile),
            lambda: self._close(file_id),
        )
        closed = self._standing(file_id, "ORIENTED")
        waiting = count(
            self.world,
            "select count(*) from sharing_handler where matter_id = %s and ends_at is null "
            "and kind = 'OFFERED'",
            file_id,
        )
        return self._judge(said, (closed, waiting) == (1, 0), WrongState, NotAllowed)

    def alike_answered_two_ways(self, name: str) -> str:
        """«Both are her», says one; «two people», the other, at once: one answer, one is told."""
        one, other = self._alike(name)
        said = race(
            lambda: self._answer(actions.join, one, other, self.cast.ines),
            lambda: self._answer(actions.tell_apart, other, one, self.cast.yanick),
        )
        asked = "select count(*) from sharing_joined where kept_id = %s or joined_id = %s"
        answers = count(self.world, asked, one, one)
        told = sum(isinstance(r, WrongState) for r in said)
        return self._judge(said, answers == told == 1, WrongState)

    # What the racers do.

    def _alike(self, name: str) -> tuple[UUID, UUID]:
        cast, phone, found = self.cast, f"514 555-{int(name.split()[-1]):04}", []
        with transaction.atomic():
            for who in ("Kim", "Jade"):
                matter = alike.refer(cast, f"{who} {name}", phone)
                found.append(alike.take_on(cast, matter, cast.ines))
                alike.assign(matter, cast.yanick, by=cast.ines, at=MONDAY)
        return found[0], found[1]

    def _answer(self, verb: Callable[..., object], one: UUID, other: UUID, by: Actor) -> object:
        with self.world.acting(by, SOON):
            return verb(one, other, by=by, at=SOON)

    def _refer(self, name: str) -> object:
        with transaction.atomic():
            return refer(name, desk=self.cast.institute.id)

    def _referred(self, name: str) -> UUID:
        return UUID(str(self._refer(name)))

    def _sign(self, note_id: UUID, words: str) -> object:
        written = notes.Written(
            id=note_id, kind="meeting", occurred_at=MONDAY, her_words=words * 50, support=words * 50
        )
        with self.world.acting(self.cast.ines, SOON) as ines:
            return notes.sign(self.cast.maya.file_id, written, by=ines, at=SOON)

    def _correct(self, note_id: UUID) -> object:
        written = notes.Written(id=uuid4(), kind="meeting", occurred_at=MONDAY, her_words="D")
        with self.world.acting(self.cast.ines, SOON) as ines:
            return notes.correct(note_id, written, by=ines, at=SOON)

    def _save(self, draft_id: UUID, words: str) -> object:
        with self.world.acting(self.cast.ines, SOON) as ines:
            return records.save_draft(
                draft_id,
                file_id=self.cast.maya.file_id,
                section=NOTES,
                record_type="notes",
                fields=json.loads(json.dumps({"her_words": words * 50, "support": words * 50})),
                by=ines,
                at=SOON,
            )

    def _offer(self, file_id: UUID, to: UUID, offer_id: UUID, by) -> object:
        with self.world.acting(by, SOON):
            return admission.offer(file_id, to=to, offer_id=offer_id, by=by, at=SOON)

    def _accept(self, offer_id: UUID, by) -> object:
        with self.world.acting(by, SOON):
            return admission.accept(offer_id, desk=self.cast.institute.id, by=by, at=SOON).pk

    def _decline(self, offer_id: UUID) -> object:
        with self.world.acting(self.cast.ines, SOON) as ines:
            return admission.decline(offer_id, reason="full", by=ines, at=SOON)

    def _close(self, file_id: UUID, by: Actor | None = None) -> object:
        with self.world.acting(by or self.cast.louise, SOON) as who:
            return admission.close(file_id, to="ORIENTED", reason="other", by=who, at=SOON)

    def _take_back(self, offer_id: UUID) -> object:
        with self.world.acting(self.cast.louise, SOON) as louise:
            return admission.take_back(offer_id, by=louise, at=SOON)

    # What is right.

    def _standing(self, file_id: UUID, status: str) -> int:
        return count(
            self.world,
            "select count(*) from admission_referralstatus where file_id = %s and status = %s",
            file_id,
            status,
        )

    def _events(self, action: str, record: UUID) -> int:
        return count(
            self.world,
            "select count(*) from audit_event where action = %s and %s = any(record_ids)",
            action,
            record,
        )

    def _judge_accepted(self, said: list[object], file_id: UUID, *, losers: int) -> str:
        whole = "select count(*) from {} where file_id = %s"
        made = [
            count(self.world, whole.format(table), file_id)
            for table in (
                "participants_assignment", "participants_identity", "participants_safecontact",
            )
        ]  # fmt: skip
        told = sum(isinstance(r, Exception) for r in said)
        return self._judge(said, made == [1, 1, 1] and told == losers, WrongState, NotAllowed)

    @staticmethod
    def _judge(said: list[object], right: bool, *refusals: type[Exception]) -> str:
        odd = unexpected(said, *refusals)
        return "" if right and not odd else f"{said}"


KINDS = [
    Races.form_sent_twice, Races.note_signed_twice, Races.note_corrected_twice,
    Races.draft_of_two_windows, Races.draft_saved_while_signed,
    Races.first_draft_sent_while_signed, Races.offer_accepted_twice,
    Races.accepted_while_taken_back, Races.two_coordinators_offer, Races.two_accept_at_once,
    Races.accepted_while_closed,
    Races.declined_while_closed, Races.closed_by_two, Races.offered_while_closed,
    Races.alike_answered_two_ways,
]  # fmt: skip


@pytest.mark.parametrize(
    "number", [60, pytest.param(1000, marks=pytest.mark.proof)], ids=lambda n: f"{n} races"
)
def test_races_make_one_of_each_and_write_over_nothing(world, number):
    races = Races(world)
    found: list[tuple[str, str]] = []
    for turn in range(number):
        kind = KINDS[turn % len(KINDS)]
        if wrong := kind(races, f"race {turn}"):
            found.append((kind.__name__, wrong))

    tell(
        "races (T17)",
        f"{number:,} races of {len(KINDS)} kinds, {len(found)} with a duplicate, an overwrite or "
        "an unclear refusal",
        "1,000 races, 0 duplicates, 0 silent overwrites",
    )
    assert found == []
