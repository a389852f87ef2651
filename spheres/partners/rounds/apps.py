from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "spheres.partners.rounds"

    def ready(self) -> None:
        from spheres.partners.rounds import queries, region, standing  # noqa: F401 -- its files
        from spheres.records.between import occasions
        from spheres.sharing import counting

        counting.answer(queries.GIVEN)
        counting.answer(queries.IS_ENOUGH)
        occasions.ride(standing.riding)
