"""Which article asks what, which page answers, and which test shows it? One table, both languages.

Not legal advice: each organisation’s counsel confirms what applies, and in which version. What
this does not answer is written too, with why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spheres.config.written import page, table

HEALTH, PUBLIC, PRIVATE, YOUTH = "R-22.1", "A-2.1", "P-39.1", "P-34.1"
LABOUR: Final = "N-1.1"


@dataclass(frozen=True)
class Article:
    """What some articles ask; the pages that answer, by their names; the tests that show it."""

    where: tuple[tuple[str, str], ...]
    asks: Any
    pages: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    otherwise: Any = ""


ARTICLES: Final = (
    Article(
        ((YOUTH, "38, 38.1, 39"),),
        gettext_lazy(
            "Report to youth protection: who must, for which grounds; sexual exploitation is one."
        ),
        ("worrying:aid", "worrying:write"),
        ("spheres/followup/worrying/tests/test_policy.py", "tests/journeys/test_worrying.py"),
    ),
    Article(
        ((YOUTH, "1"),),
        gettext_lazy("A child is somebody under 18."),
        ("worrying:aid",),
        ("spheres/followup/worrying/tests/test_policy.py",),
    ),
    Article(
        ((YOUTH, "44"),),
        gettext_lazy("Whoever reported is protected."),
        ("worrying:detail",),
        ("spheres/config/tests/test_worrying_hers.py",),
    ),
    Article(
        ((YOUTH, "35.4"),),
        gettext_lazy("Youth protection may require information, for a report it accepted."),
        ("legal_demands:receive",),
        ("spheres/privacy/legal_demands/tests/test_actions.py",),
    ),
    Article(
        ((YOUTH, "37.2, 37.4, 72.5, 72.6"),),
        gettext_lazy("The file of youth protection, how long it is kept, to whom it is told."),
        otherwise=gettext_lazy("It is not held here: nothing of it is brought in or copied."),
    ),
    Article(
        ((HEALTH, "5, 6"), (PUBLIC, "53.1"), (PRIVATE, "14")),
        gettext_lazy(
            "A consent is free, informed, specific, separate for each purpose, and is taken back."
        ),
        ("consents:give", "consents:take_back", "my_say:shared"),
        (
            "spheres/followup/consents/tests/test_giving.py",
            "spheres/portal/my_say/tests/test_say.py",
            "spheres/config/tests/test_turning_14.py",
            "tests/journeys/test_sharing.py",
        ),
    ),
    Article(
        ((HEALTH, "7; r. 1, 3"),),
        gettext_lazy("One may keep somebody from one’s file, by a signed notice."),
        ("restrictions:restrict", "restrictions:notice"),
        ("spheres/config/tests/test_restricted.py",),
    ),
    Article(
        ((HEALTH, "8; r. 1, 5"),),
        gettext_lazy("One may refuse that relatives, or research by theme, learn anything."),
        ("restrictions:refuse", "restrictions:refusal_notice"),
        (
            "spheres/followup/restrictions/tests/test_restricting.py",
            "spheres/followup/restrictions/tests/test_refusal_notice.py",
            "spheres/config/tests/test_told_to_relatives.py",
        ),
    ),
    Article(
        ((HEALTH, "14"), (PUBLIC, "65"), (PRIVATE, "8")),
        gettext_lazy("At the first meeting: who collects, what for, which rights, how long."),
        ("consents:card",),
        ("spheres/config/tests/test_sharing.py",),
    ),
    Article(
        ((HEALTH, "17, 18"), (PUBLIC, "83, 84"), (PRIVATE, "27, 32")),
        gettext_lazy("One reads one’s file, has a copy and a portable one, within 30 days."),
        ("access_requests:page", "reading:together", "my_say:ask"),
        (
            "spheres/portal/my_say/tests/test_asking.py",
            "spheres/config/tests/test_access_requests.py",
            "spheres/config/tests/test_whole_copy.py",
            "spheres/config/tests/test_reading_together.py",
            "tests/journeys/test_access_request.py",
        ),
    ),
    Article(
        ((HEALTH, "18, 103, 265"),),
        gettext_lazy("One knows who opened one’s file, and to whom something was told."),
        ("dossier:who", "disclosures:register"),
        (
            "tests/proofs/test_proof_audit_pages.py",
            "tests/journeys/test_telling.py",
            "tests/journeys/test_committees.py",
        ),
    ),
    Article(
        ((PUBLIC, "47"), (PRIVATE, "32")),
        gettext_lazy("A request is answered in writing, within days of the calendar."),
        ("access_requests:desk", "retention:queue"),
        (
            "spheres/config/tests/test_access_requests_pages.py",
            "spheres/config/tests/test_retention_clock.py",
        ),
    ),
    Article(
        ((LABOUR, "60"),),
        gettext_lazy(
            "The days when nobody works: a day to answer that falls on one is said with the "
            "working day before it."
        ),
        ("access_requests:desk", "retention:queue"),
        (
            "spheres/config/tests/test_access_requests_again.py",
            "spheres/config/tests/test_retention_clock.py",
        ),
    ),
    Article(
        ((HEALTH, "21, 23, 24"), (PUBLIC, "83"), (PRIVATE, "38")),
        gettext_lazy(
            "Under 14, through a lawyer; a parent of somebody who is 14 reads only after the young "
            "person was asked and harm was weighed."
        ),
        ("access_requests:one",),
        ("spheres/config/tests/test_access_requests.py",),
    ),
    Article(
        ((PUBLIC, "89"), (PRIVATE, "28"), ("C.C.Q.", "40")),
        gettext_lazy("What is wrong is put right; a comment stands beside what is disputed."),
        ("reading:say", "access_requests:page"),
        ("spheres/config/tests/test_access_requests.py",),
    ),
    Article(
        ((HEALTH, "38, 39, 90; r. 1, 8; r. 2"),),
        gettext_lazy("Whoever opens files is trained, each year again, and signed an undertaking."),
        ("undertakings:mine", "undertakings:people"),
        ("spheres/config/tests/test_clearance.py",),
    ),
    Article(
        (
            (HEALTH, "74"),
            (PUBLIC, "59, 59.1"),
            (PRIVATE, "18, 18.1"),
            ("C-26", "60.4"),
            ("M-9, r. 17", "21"),
        ),
        gettext_lazy(
            "In a danger of death or serious injury: tell what is needed, write it after."
        ),
        ("danger:call", "danger:write", "danger:directive"),
        ("spheres/config/tests/test_danger.py", "tests/journeys/test_danger.py"),
    ),
    Article(
        (
            (HEALTH, "108-110; r. 1, 11-15"),
            (PUBLIC, "63.8-63.11; r. 3.1, 3-8"),
            (PRIVATE, "3.5-3.8"),
        ),
        gettext_lazy(
            "A confidentiality incident: what is done, who is told, a register kept five years."
        ),
        ("incidents:tell", "incidents:list", "incidents:register"),
        (
            "spheres/privacy/incidents/tests/test_register.py",
            "tests/journeys/test_incidents.py",
        ),
    ),
    Article(
        ((PUBLIC, "73"), (PRIVATE, "23"), ("A-21.1", "8")),
        gettext_lazy("What no longer serves is destroyed, by a schedule; never by itself here."),
        ("retention:rules", "retention:queue"),
        (
            "spheres/config/tests/test_retention.py",
            "spheres/config/tests/test_retention_reach.py",
            "tests/proofs/test_proof_vault_erasing.py",
        ),
    ),
    Article(
        (("C. cr.", "278.1-278.91"),),
        gettext_lazy(
            "A record of a complainant is produced to an accused by a judge’s order only."
        ),
        ("legal_demands:one",),
        ("spheres/privacy/legal_demands/tests/test_by_law.py",),
    ),
    Article(
        ((PUBLIC, "8"), (PRIVATE, "3.1")),
        gettext_lazy("Whoever is in charge of privacy is named to the public."),
        ("public:privacy", "public:partner"),
        ("spheres/public/tests/test_reading.py",),
    ),
    Article(
        ((PUBLIC, "62"), (PRIVATE, "20")),
        gettext_lazy("Inside an organisation too, one reads what one’s work needs."),
        ("rights:page", "exceptional:ask"),
        ("spheres/sharing/tests/test_matrix.py", "spheres/config/tests/test_exceptional_access.py"),
    ),
    Article(
        ((PUBLIC, "63.5"), (PRIVATE, "3.3"), (HEALTH, "107")),
        gettext_lazy("Privacy is assessed before a system is used; products are in a register."),
        otherwise=gettext_lazy(
            "The product sheet and a draft are beside this page; the organisation completes them."
        ),
        pages=("joining:ready",),
        tests=(
            "tests/architecture/test_documents.py",
            "spheres/partners/joining/tests/test_joining.py",
        ),
    ),
    Article(
        ((PUBLIC, "64.1"), (PRIVATE, "4.1")),
        gettext_lazy("Under 14, a parent or tutor agrees, unless it clearly serves the child."),
        ("consents:give",),
        ("spheres/followup/consents/tests/test_giving.py",),
    ),
    Article(
        ((PUBLIC, "63.7, 65.0.1, 65.2"), (PRIVATE, "8.1, 9.1, 12.1")),
        gettext_lazy(
            "Nothing finds a place, profiles or decides; what protects most is the usual."
        ),
        otherwise=gettext_lazy("No such function exists."),
    ),
    Article(
        ((PUBLIC, "70.1"), (PRIVATE, "17")),
        gettext_lazy("What leaves Québec is weighed first."),
        otherwise=gettext_lazy("Nothing is called outside; where the server is, its host says."),
    ),
    Article(
        (("C.C.Q.", "14, 16, 17"),),
        gettext_lazy("From 14, one agrees alone to care."),
        ("consents:hers",),
        ("spheres/config/tests/test_turning_14.py",),
    ),
    Article(
        ((PUBLIC, "67.2.1-67.2.3"), (PRIVATE, "21-21.0.2")),
        gettext_lazy("Research without consent: an assessment, an agreement, a notice."),
        otherwise=gettext_lazy("No extract leaves yet: it is another part of the work."),
    ),
    Article(
        (("C-11", "52.1, 141"),),
        gettext_lazy("The whole is in French."),
        ("ui:gallery",),
        ("tests/architecture/test_words.py",),
    ),
)


def papers() -> dict[str, str]:
    """The table in both languages, by the name of its file."""
    found = {}
    for language in ("fr", "en"):
        with translation.override(language):
            found[f"articles.{language}.md"] = page(
                _("Which article, which page, which test"),
                _(
                    "What the law asks and what answers it here. Not legal advice: each "
                    "organisation’s counsel confirms what applies, and in which version."
                ),
                table(
                    (_("Articles"), _("What is asked"), _("Pages"), _("Tests")),
                    (
                        (
                            cited(one),
                            one.asks,
                            " ".join(f"`{name}`" for name in one.pages) or one.otherwise,
                            " ".join(f"`{path}`" for path in one.tests),
                        )
                        for one in ARTICLES
                    ),
                ),
            )
    return found


def cited(one: Article) -> str:
    """«R-22.1, art. 7», as it is cited in the reader’s language."""
    return "; ".join(
        _("%(law)s, s. %(section)s") % {"law": law, "section": said} for law, said in one.where
    )
