from django.apps import AppConfig


class NotebookConfig(AppConfig):
    name = "spheres.portal.notebook"

    def ready(self) -> None:
        from spheres.portal.notebook import standing
        from spheres.records import places

        places.show_on_file(standing.block)
