"""How is this installation set? Typed readers of the environment; differences are variables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from spheres.config import keyfile

ROOT = Path(__file__).resolve().parents[2]


def text(name: str, default: str | None = None) -> str:
    """One variable. Raises ImproperlyConfigured with how to mend it when it is missing."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(
            f"{name} is not set. Start with `python3 run.py`, or see docs/reference/settings.md."
        )
    return value


def flag(name: str, *, default: bool) -> bool:
    return text(name, "yes" if default else "no").lower() in {"1", "yes", "true", "on"}


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not «{value}».")
    return int(value)


def database(url: str, *, pooled: bool) -> dict[str, Any]:
    """Django's database settings from a PostgreSQL address.

    Pooled, with no persistent connection: a connection is lent for a request (stack.md).
    """
    parts = urlsplit(url)
    options: dict[str, Any] = {
        # `keys` holds wrapped keys apart from the rest, so that backups can keep them less long.
        "options": "-c search_path=public,keys -c timezone=UTC",
    }
    if pooled:
        options["pool"] = {"min_size": 1, "max_size": number("SPHERES_THREADS", 4) + 1}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"NAME": "test_" + parts.path.lstrip("/")},
    }


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
SPHERES_KEYS = {_key.id: _key.secret}
SECRET_KEY = _key.derive("django")

DEBUG = False
ALLOWED_HOSTS = text("SPHERES_HOSTS", "staff.localhost,youth.localhost,localhost").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "spheres.core.apps.CoreConfig",
    "spheres.audit.apps.AuditConfig",
    "spheres.vault.apps.VaultConfig",
    "spheres.accounts.apps.AccountsConfig",
    "spheres.participants.apps.ParticipantsConfig",
    "spheres.sharing.apps.SharingConfig",
    "spheres.records.apps.RecordsConfig",
    "spheres.followup.admission.apps.AdmissionConfig",
    "spheres.followup.notes.apps.NotesConfig",
]
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
TIME_ZONE = text("SPHERES_TIME_ZONE", "America/Toronto")
USE_TZ = True
USE_I18N = True
