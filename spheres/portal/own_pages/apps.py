from django.apps import AppConfig


class OwnPagesConfig(AppConfig):
    name = "spheres.portal.own_pages"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.portal.notebook import rooms
        from spheres.portal.own_pages import actions

        room = rooms.Room(
            "own_pages", _("Pages of mine"), "own_pages:list", "lock", 50, lambda one: one.writes
        )
        rooms.add(room)
        rooms.goes_with_code(actions.forget)
