from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "spheres.training.learning"

    def ready(self) -> None:
        from spheres.records.between import occasions
        from spheres.training.learning import standing

        occasions.ride(standing.riding)
