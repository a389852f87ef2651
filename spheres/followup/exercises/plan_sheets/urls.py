"""Where are the filled exercises of the section « plan »? Under their file."""

from spheres.followup.exercises.urls import of_section
from spheres.sharing.rules import PLAN

app_name = "plan_sheets"
urlpatterns = of_section(PLAN)
