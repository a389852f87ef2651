"""The settings of the control: the bare framework, on the same database."""

from spheres.config.settings import *  # noqa: F403 -- everything else is the same

INSTALLED_APPS = ["django.contrib.contenttypes"]
AUTH_USER_MODEL = "auth.User"
INSTALLED_APPS += ["django.contrib.auth"]
MIDDLEWARE = []
ROOT_URLCONF = "spheres.config.bench.bare"
ALLOWED_HOSTS = ["127.0.0.1"]
