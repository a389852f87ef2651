from django.apps import AppConfig


class WithdrawalsConfig(AppConfig):
    name = "spheres.followup.withdrawals"

    def ready(self) -> None:
        from spheres.followup.withdrawals import standing
        from spheres.records.between import places

        places.show_on_file(standing.block)
        places.tell_leads(standing.someone_else_needed)
