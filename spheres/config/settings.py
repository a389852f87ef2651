"""How is this installation set? Typed readers of the environment; differences are variables."""

from __future__ import annotations

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from spheres.config import keyfile
from spheres.core import log
from spheres.ui.headers import DEFAULT_CSP

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str | None = None) -> str:
    """One variable. Raises ImproperlyConfigured with how to mend it when it is missing."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set: see docs/guides/running.en.md and docs/reference/settings.md; "
            "`python3 run.py` alone starts a demonstration."
        )
    return value


def flag(name: str, *, default: bool) -> bool:
    return text(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not «{value}».")
    return int(value)


def networks(name: str) -> list[str]:
    """Addresses or networks, by comma. «All» is refused: anybody could then say who they are."""
    said = [each.strip() for each in text(name, "").split(",") if each.strip()]
    for each in said:
        try:
            is_one = ip_network(each).prefixlen > 0
        except ValueError:
            is_one = False
        if not is_one:
            raise ImproperlyConfigured(f"{name}: «{each}» is not an address or a network.")
    return said


# `keys` holds wrapped keys apart from the rest, so that backups can keep them less long.
OURS = "-c search_path=public,keys -c timezone=UTC"
# A database that is slow, or holds a row for somebody else, is said so while she still waits.
PATIENCE = " -c lock_timeout=5s -c statement_timeout=30s"
CUT_AFTER = 5_000  # milliseconds
# What an address says that Django calls otherwise, or that is joined to what we say ourselves.
OWN_NAMES = {"dbname", "user", "password", "host", "port", "options"}


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's database settings from a PostgreSQL address; nothing that it says is dropped: how
    the server is verified, by what we are known to it, which of several servers is asked.

    Pooled, with no persistent connection: a connection is lent for a request (stack.md).
    """
    said = conninfo_to_dict(url)
    options: dict[str, Any] = {
        "options": f"{said.get('options') or ''} {OURS}{PATIENCE if pooled else ''}".strip(),
        # Values travel apart from the statement: none stands in the server's list of what each
        # connection does, and a statement asked again is neither read nor planned again.
        "server_side_binding": True,
        # Where another pool lends connections, what was prepared stays on one not ours any more.
        "prepare_threshold": 5 if pooled else None,
    }
    if pooled:
        # A network that swallows what is sent is said too: nobody waits for its quarter of an hour.
        options |= {"tcp_user_timeout": CUT_AFTER, "connect_timeout": 3}
        # A database that went away is said within seconds, and holds no thread of the site.
        options["pool"] = {
            "min_size": 1,
            "max_size": number("SPHERES_THREADS", 4) + 1,
            "timeout": 1,
            # It would wait longer at each failed try, and stay away as long as the database did.
            "reconnect_timeout": 1,
        }
    options |= {name: value for name, value in said.items() if name not in OWN_NAMES}
    name = str(said.get("dbname") or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": said.get("user") or "",
        "PASSWORD": said.get("password") or "",
        "HOST": said.get("host") or "",
        "PORT": str(said.get("port") or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"NAME": f"test_{name}"},
    }


# The kinds of record a file holds: one word here adds one folder (records/registry.py).
RECORDS = [
    "spheres.followup.notes.apps.NotesConfig",
    "spheres.followup.strengths.apps.StrengthsConfig",
    "spheres.followup.urgent_needs.apps.UrgentNeedsConfig",
    "spheres.followup.exercises.apps.ExercisesConfig",
    "spheres.followup.instruments.apps.InstrumentsConfig",
    "spheres.followup.accompaniments.apps.AccompanimentsConfig",
    "spheres.followup.activities.apps.ActivitiesConfig",
    "spheres.followup.safety_net.apps.SafetyNetConfig",
    "spheres.followup.life_plan.apps.LifePlanConfig",
    "spheres.followup.stage_marks.apps.StageMarksConfig",
    "spheres.followup.success.apps.SuccessConfig",
    "spheres.followup.therapy_notes.apps.TherapyNotesConfig",
]

# Two roles, two addresses: `owner` migrates, `app` serves and owns nothing.
_as_owner = text("SPHERES_ROLE", "app") == "owner"
DATABASES = {
    "default": database(
        text("DATABASE_OWNER_URL" if _as_owner else "DATABASE_URL"),
        pooled=not _as_owner and flag("SPHERES_POOL", default=True),
    )
}

_key = keyfile.read()
SPHERES_KEY = _key.secret
SPHERES_KEY_ID = _key.id
# While the key file is being changed, the one before still opens what it wrapped.
_old_file = text("SPHERES_OLD_KEY_FILE", "")
_keys = [_key]
if _old_file:
    _keys.append(keyfile.read(Path(_old_file), variable="SPHERES_OLD_KEY_FILE"))
SPHERES_KEYS = {key.id: key.secret for key in _keys}
SECRET_KEY = _key.derive("django")
SECRET_KEY_FALLBACKS = [key.derive("django") for key in _keys[1:]]

DEBUG = False
LOGGING = log.settings()
PORT = text("SPHERES_PORT", "")
STAFF_HOST = text("SPHERES_STAFF_HOST", "staff.localhost").lower()
YOUTH_HOST = text("SPHERES_YOUTH_HOST", "youth.localhost").lower()
ALLOWED_HOSTS = [STAFF_HOST, YOUTH_HOST]
# Without TLS only on the loopback names of a demo.
SECURE = not STAFF_HOST.endswith("localhost")

# Who ends TLS in front of us. Only these are believed when they say for whom they ask, and how.
TRUSTED_PROXIES = networks("SPHERES_TRUSTED_PROXIES")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "procrastinate.contrib.django",
    "spheres.core.apps.CoreConfig",
    "spheres.ui.apps.UiConfig",
    "spheres.audit.apps.AuditConfig",
    "spheres.vault.apps.VaultConfig",
    "spheres.regions.apps.RegionsConfig",
    "spheres.accounts.apps.AccountsConfig",
    "spheres.participants.apps.ParticipantsConfig",
    "spheres.sharing.apps.SharingConfig",
    "spheres.directory.apps.DirectoryConfig",
    "spheres.records.apps.RecordsConfig",
    "spheres.papers.apps.PapersConfig",
    "spheres.followup.workload.apps.WorkloadConfig",
    "spheres.followup.admission.apps.AdmissionConfig",
    "spheres.followup.questions.apps.QuestionsConfig",
    "spheres.followup.dossier.apps.DossierConfig",
    "spheres.followup.passages.apps.PassagesConfig",
    "spheres.followup.plan.apps.PlanConfig",
    "spheres.followup.handing_over.apps.HandingOverConfig",
    "spheres.followup.summary.apps.SummaryConfig",
    "spheres.followup.street.apps.StreetConfig",
    "spheres.followup.transfers.apps.TransfersConfig",
    "spheres.followup.identity.apps.IdentityConfig",
    "spheres.followup.ages.apps.AgesConfig",
    "spheres.followup.likeness.apps.LikenessConfig",
    "spheres.followup.reaching.apps.ReachingConfig",
    "spheres.followup.meetings.apps.MeetingsConfig",
    "spheres.followup.covering.apps.CoveringConfig",
    "spheres.followup.code_words.apps.CodeWordsConfig",
    "spheres.followup.withdrawals.apps.WithdrawalsConfig",
    "spheres.followup.restrictions.apps.RestrictionsConfig",
    "spheres.followup.why.apps.WhyConfig",
    "spheres.followup.consents.apps.ConsentsConfig",
    "spheres.followup.custody.apps.CustodyConfig",
    "spheres.followup.therapy_requests.apps.TherapyRequestsConfig",
    "spheres.followup.representatives.apps.RepresentativesConfig",
    "spheres.followup.exceptional.apps.ExceptionalConfig",
    "spheres.followup.departure.apps.DepartureConfig",
    "spheres.followup.openings.apps.OpeningsConfig",
    "spheres.followup.parts.apps.PartsConfig",
    "spheres.followup.reading.apps.ReadingConfig",
    "spheres.followup.disclosures.apps.DisclosuresConfig",
    "spheres.followup.danger.apps.DangerConfig",
    "spheres.followup.worrying.apps.WorryingConfig",
    *RECORDS,
    "spheres.privacy.undertakings.apps.UndertakingsConfig",
    "spheres.privacy.access_requests.apps.AccessRequestsConfig",
    "spheres.privacy.legal_demands.apps.LegalDemandsConfig",
    "spheres.privacy.retention.apps.RetentionConfig",
    "spheres.privacy.wording.apps.WordingConfig",
    "spheres.worker_support.intervention_support.apps.InterventionSupportConfig",
    "spheres.worker_support.outings.apps.OutingsConfig",
    "spheres.worker_support.own_notes.apps.OwnNotesConfig",
    "spheres.worker_support.appreciation.apps.AppreciationConfig",
    "spheres.worker_support.competencies.apps.CompetenciesConfig",
    "spheres.worker_support.informal_support.apps.InformalSupportConfig",
    "spheres.worker_support.peers.apps.PeersConfig",
    "spheres.worker_support.practice_groups.apps.PracticeGroupsConfig",
    "spheres.worker_support.supervision.apps.SupervisionConfig",
    "spheres.worker_support.wellbeing.apps.WellbeingConfig",
    "spheres.privacy.incidents.apps.IncidentsConfig",
    "spheres.partners.committees.apps.CommitteesConfig",
    "spheres.partners.meeting_papers.apps.MeetingPapersConfig",
    "spheres.partners.self_assessment.apps.SelfAssessmentConfig",
    "spheres.partners.cards.apps.CardsConfig",
    "spheres.partners.practice_notes.apps.PracticeNotesConfig",
    "spheres.partners.library.apps.LibraryConfig",
    "spheres.partners.joining.apps.JoiningConfig",
    "spheres.partners.calendar.apps.CalendarConfig",
    "spheres.partners.rounds.apps.RoundsConfig",
    "spheres.training.catalogue.apps.CatalogueConfig",
    "spheres.training.sessions.apps.SessionsConfig",
    "spheres.training.attestations.apps.AttestationsConfig",
    "spheres.training.brought_in.apps.BroughtInConfig",
    "spheres.training.learning.apps.LearningConfig",
    "spheres.training.offer.apps.OfferConfig",
    "spheres.training.requests.apps.RequestsConfig",
    "spheres.training.reach.apps.ReachConfig",
    "spheres.training.kit.apps.KitConfig",
    "spheres.outreach.events.apps.EventsConfig",
    "spheres.outreach.heard.apps.HeardConfig",
    "spheres.evaluation.indicators.apps.IndicatorsConfig",
    "spheres.evaluation.open_figures.apps.OpenFiguresConfig",
    "spheres.privacy.office.apps.OfficeConfig",
    "spheres.privacy.access_reviews.apps.AccessReviewsConfig",
    "spheres.evaluation.rights.apps.RightsConfig",
    "spheres.evaluation.texts_due.apps.TextsDueConfig",
    "spheres.evaluation.theory.apps.TheoryConfig",
    "spheres.evaluation.reports.apps.ReportsConfig",
    "spheres.evaluation.research.apps.ResearchConfig",
    "spheres.portal.notebook.apps.NotebookConfig",
    "spheres.portal.my_say.apps.MySayConfig",
    "spheres.portal.own_pages.apps.OwnPagesConfig",
    "spheres.portal.advisory.apps.AdvisoryConfig",
    "spheres.interop.ical.apps.IcalConfig",
    "spheres.interop.upkeep.apps.UpkeepConfig",
    "spheres.public.apps.PublicConfig",
    "spheres.config.apps.ConfigConfig",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "spheres.config.request_log.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "spheres.config.compressing.CompressedStatics",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "spheres.ui.headers.SecurityHeadersMiddleware",
    "spheres.config.faces.Faces",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "spheres.ui.language.LanguageMiddleware",
    "spheres.config.bodies.Weighing",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "spheres.config.unit_of_work.UnitOfWork",
]
ROOT_URLCONF = "spheres.config.urls_staff"
YOUTH_URLCONF = "spheres.config.urls_youth"
WSGI_APPLICATION = "spheres.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.app_directories.Loader"],
                        )
                    ],
                )
            ],
            "builtins": [
                "spheres.ui.templatetags.ui",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "spheres.ui.headers.csp",
                "spheres.ui.context.ui",
            ],
        },
    }
]

# Sessions are ours: hashed, listed to their owner, ended by us (accounts/sessions.py).
SESSION_ENGINE = "spheres.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
CSRF_COOKIE_SAMESITE: Literal["Lax"] = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "spheres.ui.errors.forged"
# Which browser it is, for months; it opens nothing (accounts/actions/devices.py).
DEVICE_COOKIE_NAME = "__Host-device" if SECURE else "device"
# She who is in her notebook: on the youth site alone, until she leaves (portal/notebook).
NOTEBOOK_COOKIE_NAME = "__Host-n" if SECURE else "n"
LOGIN_URL = "/sign-in/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

SECURE_CSP = DEFAULT_CSP
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = text("SPHERES_TIME_ZONE", "America/Toronto")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = ROOT / "var" / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

EXIT_URL = text("SPHERES_EXIT_URL", "https://meteo.gc.ca/")
SOURCE_URL = text("SPHERES_SOURCE_URL", "")
# No page takes a file but those that say so; what a body may weigh is asked before it is read
# (config/bodies.py).
FILE_UPLOAD_HANDLERS = ["spheres.config.bodies.NoFile"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
# The socket of the programme that knows what is harmful; without one, nobody is asked.
CLAMD = text("SPHERES_CLAMD", "")
