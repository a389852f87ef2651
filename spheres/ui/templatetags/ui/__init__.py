"""Which components may a template use? (Load as ``ui``; every argument is named.)"""

from . import acting, asking, frame, people, saying, showing, telling
from .library import register

__all__ = ["acting", "asking", "frame", "people", "register", "saying", "showing", "telling"]
