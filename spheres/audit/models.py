"""What is kept of every reading and every act?

An event has no foreign key: it survives what it speaks of. It belongs to one chain: a file, an
actor (lists), or a service. `core.context` says who acts; nothing of a person's story is in here,
so destroying her key never touches a chain (ADR vault and audit).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from spheres.core.words import Chains, OfRegion

# What is said in psychotherapy is its author's alone, and so is the journal of it: a line stands in
# her own chain, never in that of a file, where an empty place would tell that there is one.
SEALED = "therapy"
SEALED_HATS = frozenset({"psychotherapist"})

SEALER = "service:sealer"  # signs the checkpoints of the journal
DOORKEEPER, EXPIRY = "service:doorkeeper", "service:expiry"


class Event(models.Model):
    """One line of the journal: who did what, to which rows of which file, when and why."""

    class Chain(models.TextChoices):
        FILE = "FILE", _("A file")
        ACTOR = "ACTOR", _("A person’s lists")
        SERVICE = "SERVICE", _("A service")

    # The doorkeeper writes in the chain of whom it lets in, expiry in that of what it forgets.
    access = Chains(
        also={"insert": (DOORKEEPER, EXPIRY)},
        also_if={"insert": "actor_id = (select access.actor())"},
    )

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    chain = models.CharField(max_length=8, choices=Chain)
    chain_id = models.UUIDField()
    actor_id = models.UUIDField()
    organisation_id = models.UUIDField()
    roles = ArrayField(models.CharField(max_length=40))
    purpose = models.CharField(max_length=40)
    action = models.CharField(max_length=60)
    sections = ArrayField(models.CharField(max_length=20))
    record_ids = ArrayField(models.UUIDField())
    # SHA-256 of what was written (version and ciphertext), empty for a reading.
    digest = models.BinaryField(default=b"")
    basis = models.CharField(max_length=80, blank=True)
    session = models.CharField(max_length=16, blank=True)
    network = models.CharField(max_length=24, blank=True)
    # Stamped by the database: the transaction whose events are chained together at commit, and
    # the order in which they were written.
    transaction = models.BigIntegerField(default=0, editable=False)
    number = models.BigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(chain="FILE", sections__contains=[SEALED]),
                name="audit_event_sealed_is_in_no_file",
            ),
        ]
        indexes = [
            models.Index(fields=["chain_id", "at"], name="audit_event_chain"),
            models.Index(fields=["actor_id", "at"], name="audit_event_actor"),
            models.Index(fields=["transaction"], name="audit_event_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"


class Link(models.Model):
    """An event's place in its chain: position and hash, written by the database at commit."""

    access = Chains(append=False)

    event_id = models.UUIDField(primary_key=True)
    chain_id = models.UUIDField()
    position = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain_id", "position"], name="audit_link_place"),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.position}"


class Head(models.Model):
    """The last place of each chain; locked only while a transaction commits."""

    access = Chains(append=False, also={"select": (SEALER,)})

    chain_id = models.UUIDField(primary_key=True)
    position = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.position}"


class Checkpoint(models.Model):
    """A signed photograph of every chain's head; partners keep copies to check against."""

    access = OfRegion(append=False, also={"select": (SEALER,), "insert": (SEALER,)})

    id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    chains = models.BigIntegerField()
    events = models.BigIntegerField()
    root = models.BinaryField()
    note = models.TextField()

    def __str__(self) -> str:
        return f"{self.number} {self.at:%Y-%m-%d %H:%M} ({self.events})"


class SealedPlace(models.Model):
    """How long a chain was at a checkpoint; written only for chains that grew since the last.

    With these the heads of any old checkpoint can be named again, and its root computed anew.
    """

    access = Chains(append=False, also={"select": (SEALER,), "insert": (SEALER,)})

    pk = models.CompositePrimaryKey("chain_id", "position")
    chain_id = models.UUIDField()
    position = models.BigIntegerField()
    checkpoint = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.position}"
