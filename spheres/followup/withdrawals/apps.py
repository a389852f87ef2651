from django.apps import AppConfig


class WithdrawalsConfig(AppConfig):
    name = "spheres.followup.withdrawals"

    def ready(self) -> None:
        from spheres.followup.withdrawals import queries, standing
        from spheres.records.between import knowing, places

        knowing.read_here(knowing.Reading("file", queries.read_for_a_while, "dossier:file"))
        places.show_on_file(standing.block)
        places.tell_leads(standing.someone_else_needed)
