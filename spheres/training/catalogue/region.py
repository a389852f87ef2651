"""What do the files `topics.yaml` and `materials.yaml` of a region say? What is taught, how long it
holds, and where to find what serves to teach it.

A topic that leaves the file is offered no more, and stays, with what was taught under its name. A
material that is kept on the pages in a newer version stays so, whatever the file says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.core import context
from spheres.regions.difference import Kept
from spheres.regions.reading import Fault, Part, Refused, refuse_twice
from spheres.regions.registry import Change, Kind, Loading, Section, register
from spheres.training.catalogue.models import Language, Material, Topic, is_whole_address

FIELDS = ("slug", "kind", "title", "aims", "minutes", "languages", "valid_months")
OPTIONAL = ("part_of", "after", "recommended", "coaching")
OF_MATERIAL: Final = ("topic", "title", "language", "version", "dated_on", "address")
MOST_VERSIONS: Final = 1_000


def check(parts: list[Part], _said: Mapping[str, Any]) -> list[Topic]:
    entries = [each.fields(*FIELDS, optional=OPTIONAL) for part in parts for each in part.items()]
    refuse_twice([entry["slug"] for entry in entries])
    slugs = [entry["slug"].slug() for entry in entries]
    kinds = {code.lower(): code for code in Topic.Kind.values}
    rows = []
    for position, it in enumerate(entries):
        title_fr, title_en = it["title"].both(most=120)
        aims = [aim.both(most=200) for aim in it["aims"].items()]
        rows.append(
            Topic(
                slug=slugs[position],
                part_of=_before(it["part_of"], slugs[:position]) if "part_of" in it else "",
                position=position,
                kind=kinds.get(it["kind"].choice(kinds), ""),
                is_recommended=it["recommended"].yes() if "recommended" in it else False,
                offers_coaching=it["coaching"].yes() if "coaching" in it else False,
                title_fr=title_fr,
                title_en=title_en,
                aims_fr=[aim[0] for aim in aims],
                aims_en=[aim[1] for aim in aims],
                minutes=it["minutes"].number(15, 2400),
                after=[_before(each, slugs[:position]) for each in it["after"].items()]
                if "after" in it
                else [],
                languages=it["languages"].choices(Language.values),
                valid_months=it["valid_months"].number(0, 120),
            )
        )
    return rows


def _before(named: Part, known: list[str]) -> str:
    """A topic named by another stands above it in the file: so none waits for itself."""
    slug = named.slug()
    if slug not in known:
        named.fault(_("no topic above has this name"))
    return slug


KEPT: Final = Kept("topics", "topic", Topic, "is_shown")
register(
    Section(
        name="topics",
        file="topics.yaml",
        title=gettext_lazy("Training topics"),
        check=check,
        plan=KEPT.plan,
        apply=KEPT.apply,
    )
)


@dataclass(frozen=True)
class MaterialSaid:
    """One material, as the file says it. Known by its topic, its language and its title."""

    topic: str
    title: str
    language: str
    version: int
    dated_on: date
    address: str
    part: Part

    @property
    def key(self) -> tuple[str, str, str]:
        return self.topic, self.language, self.title


def check_materials(parts: list[Part], said: Mapping[str, Any]) -> list[MaterialSaid]:
    """Each of a topic that is taught; none twice."""
    topics = {one.slug for one in said.get("topics", [])}
    found = [_material(each, topics) for part in parts for each in part.items()]
    keys: set[tuple[str, str, str]] = set()
    for one in found:
        if one.key in keys:
            one.part.fault(_("this material is written twice."))
        keys.add(one.key)
    return found


def _material(part: Part, topics: set[str]) -> MaterialSaid:
    it = part.fields(*OF_MATERIAL)
    address = it["address"].as_written(most=300)
    if address and not is_whole_address(address):
        it["address"].fault(_("«%s» is not an address that begins with https://.") % address)
    return MaterialSaid(
        it["topic"].choice(topics),
        # Whoever wrote the document gave it its title: its words are not ours to choose.
        it["title"].as_written(most=160),
        it["language"].choice(Language.values),
        it["version"].number(1, MOST_VERSIONS),
        it["dated_on"].day() or date.min,
        address,
        it["title"],
    )


def to_add(loading: Loading) -> list[Material]:
    """What no page nor file kept yet. Raises Refused when one version has two links."""
    standing: dict[tuple[str, str, str], Material] = {}
    versions = list(Material.objects.order_by("version", "pk"))
    newest = {row.material_id: row for row in versions}
    for row in versions:
        standing[row.topic, row.language, row.title] = newest[row.material_id]
    added, faults = [], []
    for one in loading.said["materials"]:
        last = standing.get(one.key)
        if last is None or one.version > last.version:
            added.append(_row(one, last, loading))
        elif one.version == last.version and one.address != last.address:
            sentence = _(
                "version %(version)s of «%(title)s» stands with another link: write version: "
                "%(next)s, or leave it out."
            ) % {"version": one.version, "title": one.title, "next": one.version + 1}
            faults.append(Fault(one.part.file, one.part.line, "version", sentence))
    if faults:
        raise Refused(faults)
    return added


def _row(one: MaterialSaid, last: Material | None, loading: Loading) -> Material:
    name = "/".join(one.key)
    return Material(
        id=loading.id("material of files", f"{name}/{one.version}"),
        material_id=last.material_id if last else loading.id("material of files", name),
        version=one.version,
        topic=one.topic,
        title=one.title,
        language=one.language,
        dated_on=one.dated_on,
        address=one.address,
        written_by=loading.by.user_id,
        written_at=context.moment(),
    )


def plan_materials(loading: Loading) -> list[Change]:
    added = to_add(loading)
    return [Change(Kind.ADDED, f"{row.topic}, {row.title} {row.version}") for row in added]


def apply_materials(loading: Loading) -> None:
    Material.objects.bulk_create(to_add(loading))


register(
    Section(
        name="materials",
        file="materials.yaml",
        title=gettext_lazy("What serves to teach"),
        check=check_materials,
        plan=plan_materials,
        apply=apply_materials,
    )
)
