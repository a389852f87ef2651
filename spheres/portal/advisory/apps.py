from django.apps import AppConfig


class AdvisoryConfig(AppConfig):
    name = "spheres.portal.advisory"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.portal.advisory import policy, queries, standing
        from spheres.portal.notebook import rooms
        from spheres.records.between import places
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.answer(queries.GIVEN)
        rooms.add(
            rooms.Room(
                "advisory", _("What I think of it"), "advisory:mine", "face_4", 90, _whatever_opens
            )
        )
        navigation.register(
            navigation.Entry(
                "advisory",
                _("Young people’s say"),
                "advisory:page",
                "face_4",
                72,
                policy.can_run_some,
            )
        )
        # Whoever accompanies people types in a sheet now and then: no place of their rail for it.
        places.lead_from_people(standing.way)


def _whatever_opens(_inside: object) -> bool:
    return True
