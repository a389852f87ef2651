from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WordingConfig(AppConfig):
    name = "spheres.privacy.wording"

    def ready(self) -> None:
        from spheres.privacy.wording import policy, queries
        from spheres.records import wording
        from spheres.regions import queries as regions
        from spheres.ui import navigation

        regions.photograph_also(queries.REGIONAL, queries.take)
        wording.say_from(queries.said)
        navigation.register(
            navigation.Entry(
                "letters",
                _("Words of the letters"),
                "wording:page",
                "write",
                70,
                policy.can_read,
                kept_at="privacy",
                lead=_("What your letters say: your own words, the region’s, what to read again."),
            )
        )
