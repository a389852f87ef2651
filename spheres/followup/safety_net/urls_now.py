"""Where is what to do when it cannot wait, and nobody's file is open?"""

from django.urls import path

from spheres.followup.safety_net.views import urgent

app_name = "urgent_now"
urlpatterns = [path("", urgent.among_several, name="page")]
