"""What may the body of a request hold? No file, and no more than a very long text.

Both are decided before anything is kept: a stranger can fill neither the memory nor the disk.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

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


class Weighing:
    """Refuses a body that is too heavy before a byte of it is read, in the reader's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if weight_of(request) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        if getattr(request, "urlconf", None) == settings.YOUTH_URLCONF:
            return faults.too_heavy(request)
        return errors.page(request, 413)


def weight_of(request: HttpRequest) -> int:
    """What is announced; the framework never reads more, and nothing when nothing is announced."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
