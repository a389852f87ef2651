"""Where are the filled questionnaires of the section « health »? Under their file."""

from spheres.followup.instruments.urls import of_section
from spheres.sharing.rules import HEALTH

app_name = "health_answers"
urlpatterns = of_section(HEALTH)
