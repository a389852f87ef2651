"""What is written in the server's log? Events in dotted words and identifiers; never what was said.

Nothing is written because somebody thought of hiding the rest: only known keys whose value has the
shape of an identifier pass. An exception is told by its kinds and its places in our code, for its
message may quote a person. What a library wants to say is reduced to who spoke, and from where.
"""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import structlog

Said = MutableMapping[str, Any]

ROOT: Final = Path(__file__).resolve().parents[2]
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another, read aloud
DEEPEST: Final = 12  # places told of one exception
WORD: Final = re.compile(r"[A-Za-z0-9_.:<>-]{0,120}")
PLACE: Final = re.compile(r"[A-Za-z0-9_./-]{1,200}:\d{1,6} [\w<>]{1,80}")
# What may be said, and the shape it must have. A new key is a decision: it is added here.
KEYS: Final[dict[str, re.Pattern[str]]] = {
    "event": re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,40}){1,3}"),
    "at": re.compile(r"[0-9T:.Z+-]{10,40}"),
    "level": re.compile(r"[a-z]{1,10}"),
    "number": re.compile(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){2}"),  # of the request, to quote by telephone
    "view": WORD,
    "method": re.compile(r"[A-Z]{1,10}"),
    "status": re.compile(r"\d{3}"),
    "user": re.compile(r"[0-9a-f-]{36}"),
    "job": WORD,
    "service": WORD,
    "seconds": re.compile(r"\d{1,7}(\.\d{1,3})?"),
    "logger": WORD,
    "kinds": WORD,
    "places": PLACE,
    "sqlstate": re.compile(r"[0-9A-Z]{5}"),
}
NOT_SAID: Final = "?"


def new_number() -> str:
    """The number of one request or one run, as `7KQ2-M4XR-9DPT`: twelve letters and figures."""
    drawn = [secrets.choice(LETTERS) for _ in range(12)]
    return "-".join("".join(drawn[start : start + 4]) for start in (0, 4, 8))


def about(**identifiers: object) -> AbstractContextManager[None]:
    """Everything told in this block bears these identifiers."""
    return structlog.contextvars.bound_contextvars(**identifiers)


def tell(event: str, **identifiers: object) -> None:
    """One line: what happened, to what. Never a name, an address or a text."""
    _logger.info(event, **identifiers)


def fault(event: str, error: BaseException, **identifiers: object) -> None:
    """Something broke: its kinds and its places, so that it can be mended; not its message."""
    _logger.error(event, **anatomy(error), **identifiers)


def anatomy(error: BaseException) -> dict[str, object]:
    """The kinds of an exception and of its causes, and the places of ours it came through."""
    chain = list(_chain(error))
    told: dict[str, object] = {
        "kinds": [f"{type(one).__module__}.{type(one).__qualname__}" for one in chain],
        # The innermost first: that is where it broke.
        "places": list(dict.fromkeys([*_places(chain[-1]), *_places(error)])),
    }
    if state := next((s for one in chain if (s := getattr(one, "sqlstate", None))), None):
        told["sqlstate"] = state
    return told


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen, one = set[int](), error
    while one is not None and id(one) not in seen and len(seen) < DEEPEST:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__  # type: ignore[assignment]


def _places(error: BaseException) -> list[str]:
    """`file:line function` of our code; of a library's last step when none is ours."""
    frames = [
        (Path(frame.f_code.co_filename), line, frame.f_code.co_name)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    ours = [(f, line, name) for f, line, name in frames if f.is_relative_to(ROOT / "spheres")]
    told = ours[-DEEPEST:] or frames[-1:]
    return [f"{_short(file)}:{line} {name}" for file, line, name in reversed(told)]


def _short(file: Path) -> str:
    if file.is_relative_to(ROOT / "spheres"):
        return file.relative_to(ROOT).as_posix()
    return "/".join(file.parts[-2:])


def only_identifiers(logger: object, name: str, said: Said) -> Said:
    """Drop every key that is not known, and blank every value without the shape of its key."""
    return {key: _shaped(KEYS[key], said[key]) for key in KEYS if key in said}


def _shaped(shape: re.Pattern[str], value: object) -> object:
    if isinstance(value, list):
        return [_shaped(shape, one) for one in value]
    if isinstance(value, UUID):
        value = str(value)
    return value if shape.fullmatch(str(value)) else NOT_SAID


def reduced(logger: object, name: str, said: Said) -> Said:
    """What a library logs, without its words: they may quote an address, a query, a row."""
    record: logging.LogRecord = said["_record"]
    told: Said = {
        "event": "library.spoke",
        "level": record.levelname.lower(),
        "logger": record.name,
        "places": [f"{_short(Path(record.pathname))}:{record.lineno} {record.funcName}"],
    }
    if record.exc_info and record.exc_info[1] is not None:
        told.update(anatomy(record.exc_info[1]))
    # Whoever comes after wants to know what it treats.
    told.update(_record=record, _from_structlog=False)
    return told


def formatter() -> logging.Formatter:
    """How each line is written: one JSON object, whoever speaks."""
    return structlog.stdlib.ProcessorFormatter(
        use_get_message=False,
        foreign_pre_chain=[reduced, structlog.contextvars.merge_contextvars],
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            only_identifiers,
            structlog.processors.JSONRenderer(sort_keys=False),
        ],
    )


def settings() -> dict[str, Any]:
    """For LOGGING: one way out, the process's standard error."""
    # A line that cannot be formatted must not be printed with its arguments.
    logging.raiseExceptions = False
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    silent: dict[str, Any] = {"handlers": [], "level": "CRITICAL", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"identifiers": {"()": formatter}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "identifiers"}},
        # Libraries speak when something is wrong; the pool would tell of each connection it lends.
        "root": {"handlers": ["out"], "level": "WARNING"},
        "loggers": {
            "spheres": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # Refusals and faults are told once, by us.
            "django.request": silent,
            "django.server": silent,
        },
    }


_logger = structlog.stdlib.get_logger("spheres")
