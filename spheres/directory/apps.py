from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "spheres.directory"
    label = "directory"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.directory import policy
        from spheres.ui import navigation

        navigation.register_quick(
            navigation.Entry(
                "resource",
                _("Find a resource"),
                "directory:index",
                "search",
                order=80,
                shown=policy.can_look,
            )
        )
