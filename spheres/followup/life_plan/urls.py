"""Where are dreams, goals, steps and traces? Under their file."""

from django.urls import path

from spheres.followup.life_plan import views

app_name = "life_plan"
urlpatterns = [
    path("new/", views.write, name="write"),
    path("draft/", views.keep_draft, name="draft"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/<uuid:task_id>/move/", views.move_task, name="move_task"),
    path("press/", views.press, name="press"),
    path("<uuid:record_id>/", views.detail, name="detail"),
    path("<uuid:record_id>/correct/", views.correct, name="correct"),
    path("<uuid:record_id>/steps/new/", views.add_step, name="add_step"),
    path("<uuid:record_id>/traces/new/", views.leave_trace, name="leave_trace"),
]
