from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SelfAssessmentConfig(AppConfig):
    name = "spheres.partners.self_assessment"

    def ready(self) -> None:
        from spheres.partners.self_assessment import policy, queries, region  # noqa: F401 -- its file
        from spheres.sharing import counting
        from spheres.ui import navigation

        counting.find(queries.ALL_TOGETHER)
        navigation.register_door(
            navigation.Entry(
                "self_assessment",
                _("Looking at our own part"),
                "self_assessment:page",
                "chart",
                20,
                policy.can_look,
                kept_at="partners: to know",
                lead=_("Once a year, where each partner stands; then what all said, together."),
            )
        )
