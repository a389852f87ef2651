from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "spheres.training.catalogue"

    def ready(self) -> None:
        from spheres.records.between import materials
        from spheres.regions import queries as regions
        from spheres.training.catalogue import policy, queries
        from spheres.ui import navigation

        materials.keep(queries.shown_elsewhere)
        regions.photograph_also(queries.TAUGHT, queries.take_taught)
        navigation.register_door(
            navigation.Entry(
                "catalogue",
                _("Partner training"),
                "catalogue:list",
                "book",
                40,
                policy.can_look,
                kept_at="partners: to think",
                lead=_("What the programme teaches, for how long, and what comes first."),
            )
        )
