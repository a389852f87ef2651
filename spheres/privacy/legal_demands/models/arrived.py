"""What demand arrived, from whom, and to which colleagues was it shown? In no file yet.

Whoever receives it opens nothing, and looks nobody up: what it says of whom is a text, locked, read
by whoever is in charge of privacy. It finds nothing, and confirms nothing.
"""

from __future__ import annotations

from typing import ClassVar, Final
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spheres.accounts.models import Role
from spheres.core.words import Own, Roles
from spheres.participants.models import HERE
from spheres.sharing.models import Hold
from spheres.sharing.models.held import WaitsHere
from spheres.vault.models import Kind as Class
from spheres.vault.models import Lockable, LockedText

OFFICERS: Final = (Role.PRIVACY_OFFICER,)
# A paper of justice may be handed to anybody who opens a door; the police hand theirs over as
# anybody does, and see nothing of what becomes of it.
STAFF: Final = tuple(sorted(set(Role.values) - {Role.POLICE_MEMBER}))


class Kind(models.TextChoices):
    """What it is: each has its own conditions (law.md §3.2, §3.7)."""

    SUBPOENA = "SUBPOENA", _("A subpoena")
    WARRANT = "WARRANT", _("A search warrant")
    ORDER = "ORDER", _("A production order")
    PROTECTION = "PROTECTION", _("A request of youth protection")
    CORONER = "CORONER", _("A request of a coroner")
    OVERSIGHT = "OVERSIGHT", _("A request of an oversight body")


# Why a hold is placed, for each.
HOLDS: Final[dict[str, str]] = {
    Kind.SUBPOENA: Hold.Ground.SUBPOENA,
    Kind.WARRANT: Hold.Ground.WARRANT,
    Kind.ORDER: Hold.Ground.WARRANT,
    Kind.PROTECTION: Hold.Ground.PROTECTION,
    Kind.CORONER: Hold.Ground.CORONER,
    Kind.OVERSIGHT: Hold.Ground.OVERSIGHT,
}


class Asker(models.TextChoices):
    """For whom what is demanded would be produced: the law is not the same for an accused."""

    COURT = "COURT", _("A court, of its own motion")
    PROSECUTION = "PROSECUTION", _("A prosecutor")
    DEFENCE = "DEFENCE", _("An accused person, or their lawyer")
    PARTY = "PARTY", _("A party to a civil or family case, or their lawyer")
    POLICE = "POLICE", _("A police service")
    PROTECTION = "PROTECTION", _("The director of youth protection")
    CORONER = "CORONER", _("A coroner")
    OVERSIGHT = "OVERSIGHT", _("A commission, an ombudsman, a professional order")


_OF_HERS: Final = "select m.demand_id from legal_demands_matter m where m.file_id = {owner}"
# Which demands go with a file: those that it alone answers, and the same that arrived again.
OF_HER_MATTERS: Final = (
    f"t.ROW in ({_OF_HERS} union select e.id from legal_demands_demandend e "  # noqa: S608 -- ours
    f"where e.same_id in ({_OF_HERS})) and not exists (select from legal_demands_matter o "
    "where o.demand_id = t.ROW and o.file_id <> {owner})"
)


class Written(Lockable):
    """A text of its author's, in no file, under the key of the demand, which goes when it goes."""

    KIND = Class.REGISTER
    ABOUT_NOBODY = True

    id = models.UUIDField(primary_key=True)
    organisation_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Kind)
    asker = models.CharField(max_length=12, choices=Asker)
    received_on = models.DateField()
    due_on = models.DateField(null=True)  # by when it says that it is to be answered
    is_on_paper = models.BooleanField(default=False)  # where it is held is said to the officer
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    office = LockedText()  # who demands, and how to reach them
    number = LockedText()  # of the court, of the warrant, of the report
    about = LockedText()  # what it says that it concerns, as it says it

    class Meta:
        abstract = True


# What is shown to a colleague is read where it was shown, for a week.
THIS_WEEK: Final = f"written_at > (select access.moment()) - interval '7 days' and {HERE}"
MINE_HERE: Final = f"written_by = (select access.actor()) and {HERE}"


class Demand(Written):
    """A demand as it arrived: written by whoever received it, read by whoever guards privacy."""

    GOES_WITH: ClassVar[tuple[Class, str]] = (
        Class.REGISTER,
        OF_HER_MATTERS.replace("ROW", "id"),
    )
    KEEP: ClassVar[str] = "demand"
    KEPT_FROM: ClassVar[str] = "written_at"
    # What a file answers goes with its registers; what nobody has answered yet waits.
    KEPT_UNLESS: ClassVar[str] = (
        "exists (select from legal_demands_demandend e where e.id = t.id) "
        "and not exists (select from legal_demands_matter m where m.demand_id = t.id)"
    )
    KEY_GOES: ClassVar[bool] = True
    # Neither linked to somebody nor ended: whom it concerns is not known yet.
    waits_here: ClassVar[WaitsHere] = WaitsHere(
        """select d.organisation_id from legal_demands_demand d
          where not exists (select from legal_demands_matter m where m.demand_id = d.id)
            and not exists (select from legal_demands_demandend e where e.id = d.id)""",
        {
            "legal_demands_demand": ("id", "organisation_id"),
            "legal_demands_matter": ("demand_id",),
            "legal_demands_demandend": ("id",),
        },
    )
    access = Roles(
        also={"select": OFFICERS, "insert": STAFF},
        also_if={"select": HERE, "insert": MINE_HERE},
        dated="written_at",
    )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def key_owner(self) -> UUID:
        return self.id


class Shown(Written):
    """The same, shown to one colleague: does it concern somebody they walk with?"""

    GOES_WITH: ClassVar[tuple[Class, str]] = (
        Class.REGISTER,
        OF_HER_MATTERS.replace("ROW", "demand_id"),
    )
    KEEP: ClassVar[str] = "shown"
    KEPT_FROM: ClassVar[str] = "written_at"
    KEPT_UNLESS: ClassVar[str] = "true"
    access = Own(
        column="to_user_id",
        append=False,
        opens=THIS_WEEK,
        also={"select": OFFICERS, "insert": OFFICERS},
        also_if={
            "select": HERE,
            "insert": f"{MINE_HERE} and to_user_id = any((select access.colleagues())::uuid[]) "  # noqa: S608 -- every name is ours
            "and demand_id in (select d.id from legal_demands_demand d)",
        },
        dated="written_at",
    )

    demand_id = models.UUIDField()
    to_user_id = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["demand_id", "to_user_id"], name="legal_demands_shown_once_to_each"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def key_owner(self) -> UUID:
        return self.demand_id


class DemandEnd(models.Model):
    """A demand that no file answers: nobody here is named by it, or it is another one again."""

    class How(models.TextChoices):
        NOBODY = "NOBODY", _("It concerns nobody whose file is known here: nothing is confirmed")
        SAME = "SAME", _("It is the same as another one")

    GOES_WITH: ClassVar[tuple[Class, str]] = (
        Class.REGISTER,
        OF_HER_MATTERS.replace("ROW", "id"),
    )
    KEEP: ClassVar[str] = "demand"
    KEPT_FROM: ClassVar[str] = "ended_at"
    KEPT_UNLESS: ClassVar[str] = "t.id not in (select d.id from legal_demands_demand d)"

    access = Roles(
        also={"select": OFFICERS, "insert": OFFICERS},
        also_if={
            "select": HERE,
            "insert": f"ended_by = (select access.actor()) and {HERE} "  # noqa: S608 -- every name is ours
            "and id in (select d.id from legal_demands_demand d)",
        },
        dated="ended_at",
    )

    id = models.UUIDField(primary_key=True)  # that of the demand
    organisation_id = models.UUIDField()
    how = models.CharField(max_length=8, choices=How)
    same_id = models.UUIDField(null=True)
    ended_by = models.UUIDField()
    ended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how="SAME", same_id__isnull=False) | Q(how="NOBODY", same_id=None),
                name="legal_demands_same_as_which",
            ),
            models.CheckConstraint(
                condition=Q(same_id=None) | ~Q(same_id=models.F("id")),
                name="legal_demands_not_the_same_as_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how} {self.id}"
