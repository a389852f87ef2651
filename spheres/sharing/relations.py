"""What links a person to files? Each link, said once, as SQL; the rule table says what it opens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """A link between a person and files, as SQL, with {user}, {organisation}, {since} and {at}.

    {since} is when she began to accompany people there without a break. A link that names what it
    opens has {face} too: what is asked of the file.

    `files` lists the files a person reaches by it; `people` lists the persons a {file} may be
    reached by, so that «who can see this» never tries everybody.
    """

    name: str
    files: str
    people: str


ASSIGNED = Relation(
    "assigned",
    files="""
        select a.file_id from participants_assignment a join participants_file f on f.id = a.file_id
        where a.user_id = {user} and f.holder_id = {organisation} and a.starts_at >= {since}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
    people="""
        select a.user_id from participants_assignment a
        where a.file_id = {file}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
)

# A file that began with her psychotherapist alone, at a partner's: whoever was there at its first
# instant, or was handed the person over since then, and took her on as she did; not whoever was
# only brought in beside.
BEGUN = Relation(
    "begun with her",
    files="""
        select a.file_id from participants_assignment a join participants_file f on f.id = a.file_id
        where a.user_id = {user} and f.holder_id = {organisation} and a.starts_at >= {since}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})
          and a.part = 'PIVOT' and (a.starts_at = f.opened_at or exists (
            select from sharing_handedover h
            where h.file_id = a.file_id and h.user_id = a.user_id and h.starts_at <= a.starts_at
              and (h.ends_at is null or h.ends_at >= a.starts_at)))""",
    people=ASSIGNED.people,
)

OFFERED = Relation(
    "offered",
    files="""
        select h.matter_id from sharing_handler h
        where h.user_id = {user} and h.kind = 'OFFERED' and h.starts_at >= {since}
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})""",
    people="""
        select h.user_id from sharing_handler h
        where h.matter_id = {file} and h.user_id is not null and h.kind = 'OFFERED'
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})""",
)

# She answers for a colleague of the same organisation, who is away or not on call, from a moment to
# a moment: for the persons that colleague accompanies then, and for no other. Whoever answers in
# the name of another organisation is given nothing by it, even working here too. Named in case what
# is asked of that colleague lapses, she answers while it has.
COVERING = Relation(
    "covering",
    files="""
        select a.file_id from sharing_cover v
        cross join lateral (  -- once for each colleague, not once for each of her people
          select access.is_here(v.for_user_id, {organisation}, {at}) as is_here,
            access.since(v.for_user_id, {organisation}, {at}) as since offset 0) k
        join participants_assignment a on a.user_id = v.for_user_id
        join participants_file f on f.id = a.file_id
        where v.user_id = {user} and v.organisation_id = {organisation}
          and v.elsewhere_id is null
          and f.holder_id = {organisation} and v.starts_at >= {since}
          and v.starts_at <= {at} and v.ends_at > {at}
          and (v.kind <> 'LAPSE' or not access.is_cleared(v.for_user_id, {organisation}, {at}))
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})
          and (not k.is_here or a.starts_at >= k.since)""",
    people="""
        select v.user_id from participants_assignment a
        join sharing_cover v on v.for_user_id = a.user_id
        where a.file_id = {file} and v.elsewhere_id is null
          and v.starts_at <= {at} and v.ends_at > {at}
          and (v.kind <> 'LAPSE' or not access.is_cleared(v.for_user_id, v.organisation_id, {at}))
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
)

# The same, for a colleague who no longer accompanies people here: whoever answers for her may be
# chosen by the person, and takes her on.
BEREFT = Relation(
    "bereft",
    files=COVERING.files
    + """
          and not k.is_here""",
    people=COVERING.people,
)

# The worker who accompanies her hands her over, with her, to a colleague: what she approved of her
# file, until the two have met.
HANDED = Relation(
    "handed over",
    files="""
        select h.file_id from sharing_handedover h join participants_file f on f.id = h.file_id
        where h.user_id = {user} and f.holder_id = {organisation} and h.starts_at >= {since}
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})
          and {face} = any(h.faces)""",
    people="""
        select h.user_id from sharing_handedover h
        where h.file_id = {file}
          and h.starts_at <= {at} and (h.ends_at is null or h.ends_at > {at})""",
)

# She said her code word to a worker of the organisation that holds her file: for a short time.
RECOGNISED = Relation(
    "recognised",
    files="""
        select r.file_id from sharing_recognised r join participants_file f on f.id = r.file_id
        where r.user_id = {user} and f.holder_id = {organisation} and r.starts_at >= {since}
          and r.starts_at <= {at} and r.ends_at > {at}""",
    people="""
        select r.user_id from sharing_recognised r
        where r.file_id = {file} and r.starts_at <= {at} and r.ends_at > {at}""",
)

# The same, when nobody here walks with her any more: whoever she came back to takes her on.
WELCOMING = Relation(
    "welcoming back",
    files=RECOGNISED.files
    + """
          and not exists (
            select from participants_assignment a
            where a.file_id = r.file_id
              and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})
              and access.is_here(a.user_id, {organisation}, {at})
              and a.starts_at >= access.since(a.user_id, {organisation}, {at}))""",
    people=RECOGNISED.people,
)

# Two files of one organisation that the person said are both hers: whoever walks with her by the
# one that is kept reads the other. No row moves; ending the link parts them again.
JOINED = Relation(
    "joined",
    files="""
        select j.joined_id from sharing_joined j
        join participants_assignment a on a.file_id = j.kept_id
        join participants_file f on f.id = j.kept_id
        join participants_file g on g.id = j.joined_id
        where a.user_id = {user} and f.holder_id = {organisation}
          and g.holder_id = {organisation} and a.starts_at >= {since}
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})
          and j.starts_at <= {at} and (j.ends_at is null or j.ends_at > {at})""",
    people="""
        select a.user_id from sharing_joined j
        join participants_assignment a on a.file_id = j.kept_id
        where j.joined_id = {file}
          and j.starts_at <= {at} and (j.ends_at is null or j.ends_at > {at})
          and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})""",
)

# The person agreed that an organisation, or one person there, reads some sections of her file, for
# one purpose, until a day; to whoever there is cleared, where files are given to nobody who is not.
# Withdrawn, it is over at everybody’s next statement: also for a page that began before, and whose
# instant is earlier than the withdrawal. So it is when that organisation leaves the programme.
# Agreed for one absence, it opens as long as that absence lasts, and whoever is away is still
# beside her.
AGREED = Relation(
    "agreed",
    files="""
        select c.file_id from sharing_consent c
        join accounts_organisation o on o.id = c.organisation_id
        where c.organisation_id = {organisation} and o.is_partner
          and (c.user_id is null or (c.user_id = {user} and c.starts_at >= {since}))
          and c.starts_at <= {at} and c.ends_at > {at}
          and c.withdrawn_at is null
          and {face} = any(c.sections)
          and access.is_cleared({user}, {organisation}, {at})
          and (c.cover_id is null or exists (
            select from sharing_cover v
            join participants_assignment a on a.user_id = v.for_user_id and a.file_id = c.file_id
            where v.id = c.cover_id and v.starts_at <= {at} and v.ends_at > {at}
              and a.starts_at <= {at} and (a.ends_at is null or a.ends_at > {at})))""",
    people="""
        select m.user_id from sharing_consent c
        join accounts_membership m on m.organisation_id = c.organisation_id
        where c.file_id = {file} and (c.user_id is null or c.user_id = m.user_id)
          and c.starts_at <= {at} and c.ends_at > {at}
          and c.withdrawn_at is null
          and (c.cover_id is null or exists (
            select from sharing_cover v
            where v.id = c.cover_id and v.starts_at <= {at} and v.ends_at > {at}))""",
)

# Whoever answered in an emergency opened, for an hour, what may protect her: said why, told to
# those who review it, and to her.
OPENED = Relation(
    "opened exceptionally",
    files="""
        select e.file_id from sharing_exceptionalaccess e
        join participants_file f on f.id = e.file_id
        where e.user_id = {user} and f.holder_id = {organisation} and e.starts_at >= {since}
          and e.starts_at <= {at} and e.ends_at > {at}""",
    people="""
        select e.user_id from sharing_exceptionalaccess e
        where e.file_id = {file} and e.starts_at <= {at} and e.ends_at > {at}""",
)

# A psychotherapist of the same organisation holds the notes of a colleague who left or died: of the
# persons beside whom that colleague was, as long as the colleague is not there again.
IN_CUSTODY = Relation(
    "in custody",
    files="""
        select a.file_id from sharing_custody k
        join participants_assignment a on a.user_id = k.author_id
        join participants_file f on f.id = a.file_id
        where k.custodian_id = {user} and k.organisation_id = {organisation}
          and f.holder_id = {organisation} and k.starts_at >= {since}
          and k.starts_at <= {at} and (k.ended_at is null or k.ended_at > {at})
          and a.starts_at <= {at} and not access.is_here(k.author_id, {organisation}, {at})""",
    people="""
        select k.custodian_id from sharing_custody k
        join participants_assignment a on a.user_id = k.author_id
        where a.file_id = {file}
          and k.starts_at <= {at} and (k.ended_at is null or k.ended_at > {at})""",
)

# A privacy officer of the organisation that holds the file sits at one matter of the law about it:
# given by whoever walks with her, for some sections, until the matter is over or its own last day.
# At a legal demand so does counsel, for what it names, given by whoever answers it. Once it is
# answered, who she is and the matter itself are left. It opens to whoever has held one of these
# offices there since before it was given, and to nobody who works for the police today.
IN_SEAT = Relation(
    "in seat",
    files="""
        select s.file_id from sharing_seat s
        join participants_file f on f.id = s.file_id
        where s.user_id = {user} and f.holder_id = {organisation}
          and s.starts_at <= {at} and s.ends_at > {at}
          and (s.ended_at is null or s.ended_at > {at})
          and {face} = any(s.faces)
          and (s.narrowed_at is null or s.narrowed_at > {at}
               or {face} in ('identity', 'legal', 'relation'))
          and access.sits_since({user}, {organisation}, s.starts_at, {at})""",
    people="""
        select s.user_id from sharing_seat s
        where s.file_id = {file} and s.starts_at <= {at} and s.ends_at > {at}
          and (s.ended_at is null or s.ended_at > {at})""",
)

# Her own notebook, opened with her worker face to face: her one file where it is held, and of it
# the sections she allowed; as long as neither of them closed it, and nothing closes it by itself.
# Asked of her file alone, whatever the planner thinks: each of all notebooks would be looked into.
IN_NOTEBOOK = Relation(
    "in her notebook",
    files="""
        select f.id as file_id from participants_file f
        where f.participant_id = {user} and f.holder_id = {organisation}
          and exists (
            select from sharing_notebook n
            where n.file_id = f.id
              and n.opened_at <= {at} and (n.ended_at is null or n.ended_at > {at})
              and {face} = any(n.faces) and access.is_notebook_open(n.file_id, n.opened_at, {at})
            offset 0)""",
    people="select null::uuid where false",
)

# The same, at the level where she writes there herself.
WRITING_THERE = Relation(
    "writing in her notebook",
    files=IN_NOTEBOOK.files.replace("{face} =", "n.level = 'WRITE' and {face} ="),
    people="select null::uuid where false",
)
