"""What does the worker see of accompaniments, and of what is told to a resource?"""

from spheres.followup.accompaniments.views import outgoing, resources, steps

__all__ = ["outgoing", "resources", "steps"]
