from django.apps import AppConfig


class PracticeGroupsConfig(AppConfig):
    name = "spheres.worker_support.practice_groups"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from spheres.records.between import programme
        from spheres.sharing import counting
        from spheres.ui import navigation
        from spheres.worker_support.practice_groups import policy, queries, standing

        counting.find(queries.HELD)
        programme.plan(standing.planned)
        navigation.register(
            navigation.Entry(
                "practice-groups",
                _("Practice groups"),
                "practice_groups:home",
                "people",
                35,
                policy.can_look,
                kept_at="peers",
                lead=_("Practising together: motivational interviewing, or what you choose."),
            )
        )
