"""How are Django's commands called? By `python3 run.py manage …`, which names the database."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spheres.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    from spheres.config.keyfile import KeyRefused

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, KeyRefused) as refusal:
        sys.exit(f"- {refusal}")  # its sentence says how to mend it


if __name__ == "__main__":
    main()
