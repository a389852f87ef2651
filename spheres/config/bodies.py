"""What may the body of a request hold? No file but one paper where a page takes one, and no more
than a very long text.

Both are decided before anything is kept: a stranger can fill neither the memory nor the disk.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from spheres.papers import sandbox
from spheres.public import faults
from spheres.ui import errors


class NoFile(FileUploadHandler):
    """Files do not exist before the part that asks for them (design §10.19): none is kept.

    What was typed beside it is read as usual: nobody loses her text for it.
    """

    def new_file(self, *said: object, **more: object) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None


# A paper that is too large is read to its end and dropped as it comes, so that what was typed
# beside it is given back; beyond this, nothing is read.
MOST_WITH_A_PAPER: Final = 64_000_000


# A body comes whole within this time, or not at all; asked for so little at once that somebody who
# sends a drop at a time is noticed.
PATIENCE: Final = 60  # seconds
A_LITTLE: Final = 256
# So many papers come in at once in one process: the other threads go on answering everybody else.
AT_ONCE: Final = 2
_coming_in = threading.BoundedSemaphore(AT_ONCE)


class Patient:
    """The body of a request, for so long and no longer: past it, reading is an error."""

    def __init__(self, body: Any) -> None:
        self.body, self.until = body, 0.0

    def read(self, size: int = -1) -> bytes:
        pieces, left = [], size
        while left:
            self._wait_no_longer()
            piece = self.body.read(A_LITTLE if left < 0 else min(left, A_LITTLE))
            if not piece:
                break
            pieces.append(piece)
            left = left - len(piece) if left > 0 else left
        return b"".join(pieces)

    def readline(self, size: int = -1) -> bytes:
        self._wait_no_longer()
        line: bytes = self.body.readline(size)
        return line

    def _wait_no_longer(self) -> None:
        now = time.monotonic()
        self.until = self.until or now + PATIENCE
        if now > self.until:
            raise OSError("This body took too long to come.")


class OnePaper(FileUploadHandler):
    """The one paper of a form, in memory and nowhere else: no file in clear is ever begun.

    Beyond the most that is taken, its bytes are dropped as they come; its size is still told.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.kept, self.size, self.papers = BytesIO(), 0, 0

    def new_file(self, *said: Any, **more: Any) -> None:
        self.papers += 1
        if self.papers > 1:
            raise SkipFile
        super().new_file(*said, **more)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size <= sandbox.HEAVIEST:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name or "", "", self.size, None
        )


class Weighing:
    """Refuses a body that is too heavy before a byte of it is read, in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        takes = takes_a_paper(request)
        most = MOST_WITH_A_PAPER if takes else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if weight_of(request) <= most:
            if takes and (status := come_in(request)):
                return errors.page(request, status)
            return self.get_response(request)
        if getattr(request, "urlconf", None) == settings.YOUTH_URLCONF:
            return faults.too_heavy(request)
        return errors.page(request, 413)


def takes_a_paper(request: HttpRequest) -> bool:
    """Whether what is sent is for a page that takes a paper, from somebody who has come in."""
    if request.content_type != "multipart/form-data":
        return False
    if not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
        return False
    try:
        found = resolve(request.path_info, getattr(request, "urlconf", None))
    except Resolver404:
        return False
    return bool(getattr(found.func, "takes_a_paper", False))


def come_in(request: HttpRequest) -> int:
    """Read it now, in one of the few places there are for papers; what to answer when it cannot be:
    they are all taken (503), or it never came whole (400)."""
    if not _coming_in.acquire(blocking=False):
        return 503
    try:
        request.upload_handlers = [OnePaper(request)]
        _ = request.POST
    except OSError:
        return 400
    finally:
        _coming_in.release()
    return 0


def weight_of(request: HttpRequest) -> int:
    """What is announced; the framework never reads more, and nothing when nothing is announced."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
