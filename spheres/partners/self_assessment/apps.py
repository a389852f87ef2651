from django.apps import AppConfig


class SelfAssessmentConfig(AppConfig):
    name = "spheres.partners.self_assessment"

    def ready(self) -> None:
        from spheres.partners.self_assessment import queries, region  # noqa: F401 -- its file
        from spheres.sharing import counting

        counting.find(queries.ALL_TOGETHER)
