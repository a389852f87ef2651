"""Who may reach a table's rows? Each model answers with one word; no word, no build (design §4).

The words say *where a row belongs*. Who may then read, add or change is the rule table's business
(`sharing/rules.py`), compiled to row-level security.
"""

from __future__ import annotations

from dataclasses import dataclass, field


def held(*roles: str) -> str:
    """In SQL: whoever asks has one of these roles. Worked out once a statement, not once a row."""
    return f"(select access.holds('{{{','.join(roles)}}}'))"


def either(*conditions: str) -> str:
    """In SQL: one of these holds. Written so, what asks nothing of the row is worked out once a
    statement (a policy says no « or »)."""
    return f"true = any(array[{', '.join(conditions)}])"


@dataclass(frozen=True)
class If:
    """Some of those whom a word lets through, and what a row must look like for them, in SQL.

    `by` says who: kinds of handler, or how one stands to a disclosure. `row` is the row as it
    stands, or as it is added; `becomes`, what a change leaves of it.
    """

    by: tuple[str, ...]
    row: str
    becomes: str = "true"


@dataclass(frozen=True)
class Word:
    """What every word may add: who, besides the rule table, may use a verb on the whole table.

    `also` maps a verb (select, insert, update, delete) to roles or services. It is meant for
    services and for the visitor's insert; never for reading a participant's rows. `also_if` is
    what such a row must look like, in SQL, by verb; `also_becomes`, what a change must leave of it.
    """

    also: dict[str, tuple[str, ...]] = field(default_factory=dict, kw_only=True, hash=False)
    also_if: dict[str, str] = field(default_factory=dict, kw_only=True, hash=False)
    also_becomes: str = field(default="", kw_only=True)
    append: bool = field(default=True, kw_only=True)
    # Column of the moment a row is added: nobody adds one as of another moment than the present.
    dated: str = field(default="", kw_only=True)
    amend: bool = field(default=False, kw_only=True)
    remove: bool = field(default=False, kw_only=True)
    changes: tuple[str, ...] = field(default=(), kw_only=True)  # the columns of an UPDATE; all: ()
    becomes: str = field(default="", kw_only=True)  # what an UPDATE must leave of a row, in SQL


@dataclass(frozen=True)
class FileSection(Word):
    """A row of one section of one file."""

    section: str
    column: str = "file_id"
    author: str | None = None  # column of the author, when only the author may read
    by: str | None = None  # column of who adds a row, `…_by`: nobody writes in another's name
    held_by: str | None = None  # column of the organisation acted for when a row was added
    # Column of the person to whom a row gives the file: oneself when taking it on; when walking
    # with her already, also a colleague who accompanies people here.
    gives_to: str | None = None
    adds: str = ""  # what such a row must look like besides, in SQL
    opens: str = ""  # which rows the section opens to read, in SQL; the others, `also` alone
    # Whatever she shares, no row of it is read on the pages of what is shared: it stays at home.
    stays: bool = False
    # Column of a second file, which whoever adds a row must be able to change as the first.
    joins: str | None = None


@dataclass(frozen=True)
class Own(Word):
    """A row of one user, for that user alone.

    `adds` and `opens` say, in SQL, which rows of one's own one may add, and read; empty: any.
    """

    column: str = "user_id"
    scope: str | None = None  # column of hash(file, section), when it also hangs on a file
    adds: str = ""
    opens: str = ""


@dataclass(frozen=True)
class Handlers(Word):
    """A row of one matter (a referral on offer, an advice request) for its named handlers."""

    column: str
    kinds: tuple[str, ...]
    writers: tuple[str, ...] = ()  # kinds of handler who may add or change; default: `kinds`
    # Handlers of these kinds see and change only the rows that name them, in this column.
    own: str | None = None
    own_kinds: tuple[str, ...] = ()
    # Those rows are still seen for a week, once somebody else has taken it on: nothing more.
    yields: bool = False
    # By verb (insert, update), in place of `writers`: which handler may write which row.
    only: dict[str, tuple[If, ...]] = field(default_factory=dict, hash=False)
    # What a row must look like, in SQL, that opens a matter which nobody handles yet.
    opens: str = ""
    # By verb: which rows of the matter whoever holds its code reads, adds or changes, in SQL.
    asker: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Chains(Word):
    """A row of the journal: readable with the file, or by the actor it speaks of."""

    column: str = "chain_id"


@dataclass(frozen=True)
class OfOrganisation(Word):
    """A row of one organisation, for its members.

    `adds` and `amends` say, in SQL, which rows one may add, and change; empty: any of them. `named`
    says which rows somebody of another organisation reads too, for they name that person; empty:
    none.
    """

    column: str = "organisation_id"
    adds: str = ""
    amends: str = ""
    named: str = ""


@dataclass(frozen=True)
class OfRegion(Word):
    """A row every signed-in member of the programme may read."""


@dataclass(frozen=True)
class Disclosed(Word):
    """A row of one disclosure: for those who stand to it as `readers` say (`access.disclosed`).

    `adds` says who may add which row.
    """

    readers: tuple[str, ...]
    column: str = "disclosure_id"
    adds: tuple[If, ...] = ()


@dataclass(frozen=True)
class Members(Word):
    """A row of one committee: for those who stand to it as `readers` say (`access.committees`).

    `adds` and `amends` say who may add, and change, which row.
    """

    readers: tuple[str, ...]
    column: str = "committee_id"
    adds: tuple[If, ...] = ()
    amends: tuple[If, ...] = ()


@dataclass(frozen=True)
class OfItem(Word):
    """A row of one thing brought to a committee: for those who stand to it as `readers` say
    (`access.items`). Whoever steps out of it reads no row of it."""

    readers: tuple[str, ...]
    column: str = "item_id"
    adds: tuple[If, ...] = ()
    amends: tuple[If, ...] = ()


@dataclass(frozen=True)
class Roles(Word):
    """A row about nobody, for the roles and services that `also` names, and for nobody else."""


@dataclass(frozen=True)
class Public(Word):
    """A row anybody may read."""
