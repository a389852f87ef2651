from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "spheres.config"

    def ready(self) -> None:
        from spheres.config import life  # noqa: F401 -- says which files hold a demonstration's life
