"""Does every mistake name its file, its line, its field, and how to mend it?"""

import pytest
from django.utils import translation

from spheres.regions import loading, registry
from spheres.regions.reading import Refused

ROLES = (
    "coordinator, youth_worker, team_lead, psychotherapist, professional_support, police_member, "
    "steering_member, organisation_manager, clinical_director, research_officer, researcher, "
    "trainer, awareness_contributor, consultant, records_officer, privacy_officer, counsel, "
    "finance, technical_administrator"
)
PLACES = (
    "rive, institut, proximite, deux-rivages, cheminantes, ancolies, la-maison, arret-24, "
    "recherche, grande-ourse, vieux-quai"
)

AT_THE_POLICE = (
    "in a police service, accounts are for the members of its survivor programme and its steering "
    "captains."
)


# One mistake of each kind: file, what stands there, what is written instead, where, the sentence.
MISTAKES = {
    "a role that is none": (
        "people.yaml", "roles: [coordinator]", "roles: [worker]",
        "roles", f"«worker» is not a role. Choose among: {ROLES}.",
    ),
    "an organisation that is none": (
        "people.yaml", "organisation: institut", "organisation: nowhere",
        "organisation", f"«nowhere» is not an organisation. Choose among: {PLACES}.",
    ),
    "a role that no police service knows": (
        "people.yaml", "roles: [steering_member, privacy_officer]",
        "roles: [steering_member, youth_worker]",
        "roles", f"«youth_worker» is not held there: {AT_THE_POLICE}",
    ),
    "an office of the police held by nobody of its programme": (
        "people.yaml", "roles: [steering_member, privacy_officer]", "roles: [privacy_officer]",
        "roles", f"«privacy_officer» is not held there: {AT_THE_POLICE}",
    ),
    "a code that is unknown": (
        "people.yaml", "  report_category: must_all", "  report_category: must_none",
        "report_category",
        "«must_none» is not known here. Choose among: must_all, must_some.",
    ),
    "a professional order that is none": (
        "people.yaml", "order: OTSTCFQ", "order: social work",
        "order", "«social work» is not a professional order, as OTSTCFQ, nor none.",
    ),
    "an address that is no e-mail": (
        "people.yaml", "email: louise.charbonneau@example.org", "email: louise",
        "email", "«louise» is not an e-mail address.",
    ),
    "a day that is none": (
        "people.yaml", "since: -1460", "since: 2026-02-30",
        "since", "«2026-02-30» is not a day, as 2026-11-21.",
    ),
    "a last day before the first": (
        "people.yaml", "until: +21", "until: -2000",
        "until", "the last day of access comes before the first.",
    ),
    "a number that is none": (
        "region.yaml", "keep_days: 90", "keep_days: three months",
        "referral.keep_days", "«three months» is not a whole number from 1 to 730.",
    ),
    "a yes that is none": (
        "organisations.yaml", "  partner: yes", "  partner: perhaps",
        "partner", "«perhaps» is neither yes nor no.",
    ),
    "ages out of order": (
        "region.yaml", "until: 25 ", "until: 12 ",
        "age.until", "the last age must come after the first.",
    ),
    "a colour that is none": (
        "region.yaml", '"#1F4B7A"', "blue",
        "theme.action", "«blue» is not a colour, as #1F4B7A.",
    ),
    "a colour too pale to be read": (
        "region.yaml", '"#1F4B7A"', '"#8FB4D9"',
        "theme.action",
        "«#8FB4D9» is too pale: 2.0:1 on the paper #FBF8F3, at least 4.5:1.",
    ),
    "a time zone that is none": (
        "region.yaml", "America/Toronto", "Montréal",
        "timezone", "«Montréal» is not a time zone, as America/Toronto.",
    ),
    "a time zone other than the installation's": (
        "region.yaml", "America/Toronto", "Europe/Paris",
        "timezone",
        "this installation lives in America/Toronto: "
        "start it with SPHERES_TIME_ZONE set to this zone.",
    ),
    "an exit without https": (
        "region.yaml", "https://meteo.gc.ca/", "http://meteo.gc.ca/",
        "exit_url", "«http://meteo.gc.ca/» is not an address that begins with https://.",
    ),
    "a desk that is no organisation": (
        "region.yaml", "desk: institut ", "desk: bureau ",
        "desk", f"«bureau» is not an organisation. Choose among: {PLACES}.",
    ),
    "a parent that does not exist": (
        "organisations.yaml", "parent: rive", "parent: riviere",
        "parent",
        "«riviere» is not an organisation. "
        f"Choose among: {PLACES.replace('institut, ', '')}.",
    ),
    "a limit of files a day before its alert": (
        "organisations.yaml", "system_of_record: {name: I-CLSC, copy: text}",
        "reading: {alert: 40, stop: 30}\n  system_of_record: none",
        "reading.stop", "the stop must come after the alert.",
    ),
    "an official file without its shape": (
        "organisations.yaml", "system_of_record: {name: I-CLSC, copy: text}",
        "system_of_record: I-CLSC",
        "system_of_record", "say none, or two fields: name, and copy (text, pdf or json).",
    ),
    "a shape of copy that does not exist": (
        "organisations.yaml", "{name: I-CLSC, copy: text}", "{name: I-CLSC, copy: fax}",
        "system_of_record.copy",
        "«fax» is not known here. Choose among: text, pdf, json.",
    ),
    "a short name with capitals": (
        "organisations.yaml", "slug: grande-ourse", "slug: Grande Ourse",
        "slug", "«Grande Ourse» is not a short name: small letters, figures and hyphens.",
    ),
    "a code with hyphens": (
        "vocabularies.yaml", "code: drop_in,", "code: drop-in,",
        "terms.code", "«drop-in» is not a code: small letters, figures and underscores.",
    ),
    "a need of no domain": (
        "vocabularies.yaml", "code: physical_shelter", "code: material_shelter",
        "terms.code",
        "«material_shelter» begins with no domain. Choose among: physical, psychological, social.",
    ),
    "a text key that is none": (
        "texts.yaml", "turning25:", "Turning 25:",
        "Turning 25", "«Turning 25» is not a key, as «page.text».",
    ),
    "a line nobody can reach": (
        "help_lines.yaml", 'reach: {call: "911"}', "reach: {}",
        "reach", "say at least one way: call, text or web.",
    ),
    "a verified line without its day": (
        "help_lines.yaml", "verified_on: 2026-10-15", 'verified_on: ""',
        "verified_on", "a verified line says which day it was verified.",
    ),
    "a word we do not use": (
        "texts.yaml", "fr: >-\n    De l’aide, à ta façon", "fr: Pour les clientes",
        "home.title.fr", "«clientes» is a word we do not use: see docs/glossary.md.",
    ),
    "a list where none is": (
        "people.yaml", "roles: [coordinator]", "roles: coordinator",
        "roles", "a list is expected here.",
    ),
    "an empty list": (
        "people.yaml", "roles: [coordinator]", "roles: []",
        "roles", "this list is empty.",
    ),
    "the same role twice": (
        "people.yaml", "roles: [coordinator]", "roles: [coordinator, coordinator]",
        "roles", "«coordinator» is written twice.",
    ),
    "an empty text": (
        "people.yaml", "name: Louise Charbonneau", 'name: ""',
        "name", "this text is empty.",
    ),
    "a text too long": (
        "people.yaml", "name: Louise Charbonneau", f"name: {'L' * 130}",
        "name", "this text has 130 characters; at most 120 are kept.",
    ),
    "a tag": (
        "people.yaml", "name: Louise Charbonneau", "name: !!python/name:os Louise",
        "", "tags are not read here: write the value alone.",
    ),
    "a broken line": (
        "people.yaml", "roles: [coordinator]", "roles: [coordinator]]",
        "", "this is not YAML: did not find expected key.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_said_with_its_place_and_its_remedy(mistake, demo):
    file, before, after, field, sentence = mistake
    line = demo.change(file, before, after)
    where = f"regions/demo/{file}, line {line}" + (f", {field}" if field else "")

    assert demo.faults() == [f"{where}: {sentence}"]


def test_a_field_that_is_missing_is_said_where_its_entry_begins(demo):
    line = demo.change("people.yaml", "  email: louise.charbonneau@example.org\n", "")

    assert demo.faults() == [
        f"regions/demo/people.yaml, line {line - 2}, email: this field is missing."
    ]


def test_a_field_nobody_knows_is_said_with_those_that_are_known(demo):
    line = demo.change("region.yaml", "  keep_days: 90", "  keep_day: 90")

    assert demo.faults() == [
        f"regions/demo/region.yaml, line {line}, referral.keep_day: "
        "unknown field. Known here: keep_days.",
        f"regions/demo/region.yaml, line {line - 1}, referral.keep_days: this field is missing.",
    ]


def test_a_field_written_twice_is_refused(demo):
    line = demo.change("people.yaml", "  order: OTSTCFQ", "  order: OTSTCFQ\n  order: OPPQ")

    assert demo.faults() == [
        f"regions/demo/people.yaml, line {line + 1}, order: this field is written twice."
    ]


def test_a_text_without_its_english_is_refused(demo):
    line = demo.change("organisations.yaml", "    en: La Maison\n", "")

    assert demo.faults() == [
        f"regions/demo/organisations.yaml, line {line - 2}, name: the English text is missing."
    ]


def test_two_people_of_one_name_are_refused(demo):
    line = demo.change("people.yaml", "slug: ines", "slug: louise")

    assert demo.faults() == [
        f"regions/demo/people.yaml, line {line}, slug: "
        "«louise» is already used: regions/demo/people.yaml, line 3."
    ]


def test_two_accounts_at_one_address_are_refused(demo):
    line = demo.change("people.yaml", "ines.belhadj@example.org", "Louise.Charbonneau@example.org")

    assert demo.faults() == [
        f"regions/demo/people.yaml, line {line}, email: «Louise.Charbonneau@example.org» "
        "is already used: regions/demo/people.yaml, line 5."
    ]


def test_organisations_in_a_circle_are_refused(demo):
    demo.change("organisations.yaml", "parent: rive", "parent: proximite")
    demo.change("organisations.yaml", "parent: rive", "parent: institut")

    assert [fault.split(", ", 2)[2] for fault in demo.faults()] == [
        "parent: «institut» would be above itself.",
        "parent: «proximite» would be above itself.",
    ]


def test_a_rule_in_days_and_in_years_is_refused(demo):
    line = demo.change("retention.yaml", "  keep_years: 2", "  keep_years: 2\n  keep_days: 730")

    assert demo.faults() == [
        f"regions/demo/retention.yaml, line {line - 2}: say either keep_days or keep_years."
    ]


def test_a_rule_without_which_something_would_be_kept_for_ever_is_missed(demo):
    demo.change("retention.yaml", "- code: letter\n", "- code: missive\n")

    assert demo.faults() == [
        "regions/demo/retention.yaml, line 4: "
        "the rule «letter» is missing: what it is for would be kept for ever."
    ]


@pytest.mark.parametrize("said", ["keep_years: 4", "keep_days: 1825"])
def test_a_register_of_incidents_kept_less_than_five_years_is_refused(demo, said):
    named = "en: Register of confidentiality incidents}\n  "
    line = demo.change("retention.yaml", f"{named}keep_years: 5", f"{named}{said}")

    assert demo.faults() == [
        f"regions/demo/retention.yaml, line {line - 1}: "
        "the law asks to keep this at least 5 years: say so or more."
    ]


def test_an_alias_is_refused(demo):
    line = demo.change("region.yaml", "programme:", "programme: &p")
    demo.change("region.yaml", "timezone:", "unused: *p\ntimezone:")

    assert [fault for fault in demo.faults() if "anchor" in fault] == [
        f"regions/demo/region.yaml, line {line}: "
        "anchors and aliases are not read here: write the value again."
    ]


def test_a_missing_file_an_empty_one_and_a_stranger_are_said_together(demo):
    (demo.path / "help_lines.yaml").unlink()
    demo.write("retention.yaml", "")
    demo.write("peoples.yaml", "- slug: x\n")

    assert demo.faults() == [
        "regions/demo/help_lines.yaml: this file is missing.",
        "regions/demo/retention.yaml: this file is empty.",
        "regions/demo/peoples.yaml: nothing here reads this file. Known here: "
        f"{', '.join(section.file for section in registry.sections())}.",
    ]


def test_a_text_written_in_two_files_is_said_where_it_is_written_again(demo):
    line = demo.change("texts-steps.yaml", "steps.start.words:", "home.title:")
    first = next(
        number
        for number, said in enumerate((demo.path / "texts.yaml").read_text().splitlines(), 1)
        if said == "home.title:"
    )

    # The files are read by their names: texts-steps.yaml comes before texts.yaml.
    assert demo.faults() == [
        f"regions/demo/texts.yaml, line {first}, home.title: "
        f"«home.title» is already used: regions/demo/texts-steps.yaml, line {line}.",
        "regions/demo/texts-site.yaml, line 4, steps.start.words: "
        "a page shows this text: write it.",
    ]


@pytest.mark.parametrize("key", ["youth.limits", "steps.leaving.close", "home.title"])
def test_a_text_that_a_page_shows_is_asked_for(demo, key):
    for file in demo.path.glob("texts*.yaml"):
        said = file.read_text(encoding="utf-8")
        file.write_text(said.replace(f"\n{key}:", "\nunused.text:"), encoding="utf-8")

    assert demo.faults() == [
        f"regions/demo/texts-site.yaml, line 4, {key}: a page shows this text: write it."
    ]


def test_each_step_of_the_regions_own_list_needs_its_tips(demo):
    demo.change("vocabularies.yaml", "{code: settling,", "{code: landing,")

    assert demo.faults() == [
        f"regions/demo/texts-site.yaml, line 4, steps.landing.{part}: "
        "a page shows this text: write it."
        for part in ("words", "youth", "close", "professional", "avoid")
    ]


def test_a_folder_that_does_not_exist_is_said(demo):
    (demo.path).rename(demo.path.with_name("elsewhere"))

    assert demo.faults() == ["regions/demo: this folder does not exist."]


def test_all_mistakes_are_said_at_once_and_in_french_to_who_reads_french(demo):
    first = demo.change("people.yaml", "employer_kind: institution", "employer_kind: bank")
    second = demo.change("region.yaml", "keep_days: 90", "keep_days: 0")

    with translation.override("fr"), pytest.raises(Refused) as refusal:
        loading.check(demo.path)

    assert str(refusal.value).splitlines() == [
        f"regions/demo/region.yaml, ligne {second}, referral.keep_days\u00a0: "
        "«\u00a00\u00a0» n’est pas un nombre entier de 1 à 730.",
        f"regions/demo/people.yaml, ligne {first}, employer_kind\u00a0: "
        "«\u00a0bank\u00a0» est inconnu ici. Choisir parmi\u00a0: "
        "institution, community, police, foundation, university.",
    ]
