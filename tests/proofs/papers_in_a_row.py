"""Many papers in one sandbox, each in a process of its own, as `making_anew` would read it alone.

Its text is put after that of `making_anew`, and both run as one programme: starting the walls takes
longer than reading a small paper. Each paper arrives as its kind, its length and its bytes; each
answer leaves as how it ended (256 and more: killed), its length and its bytes.
"""
# mypy: ignore-errors
# ruff: noqa: F821

import os
import struct
import sys
from contextlib import suppress

HEAD = struct.Struct(">4sI")
ANSWER = struct.Struct(">II")


def in_a_row():
    sys.path.insert(0, sys.argv[1])
    import pikepdf  # noqa: F401 -- read once for all
    import pypdfium2  # noqa: F401
    from PIL import Image, ImageOps  # noqa: F401

    while head := sys.stdin.buffer.read(HEAD.size):
        kind, size = HEAD.unpack(head)
        content = sys.stdin.buffer.read(size)
        ended, said = one_alone(kind.decode().strip(), content)
        sys.stdout.buffer.write(ANSWER.pack(ended, len(said)) + said)
        sys.stdout.buffer.flush()


def one_alone(kind, content):
    out, into = os.pipe()
    child = os.fork()
    if not child:
        ended = UNREADABLE
        os.close(out)
        with suppress(BaseException):
            hold(int(sys.argv[3]), int(sys.argv[4]))
            try:
                parts = document(content) if kind == "PDF" else picture(content, kind)
                with os.fdopen(into, "wb") as door:
                    door.write(struct.pack(">I", len(parts)))
                    door.writelines(struct.pack(">I", len(part)) + part for part in parts)
                ended = 0
            except NotTaken as why:
                ended = int(why.args[0])
        os._exit(ended)
    os.close(into)
    with os.fdopen(out, "rb") as door:
        said = door.read()
    _pid, status = os.waitpid(child, 0)
    return (os.WEXITSTATUS(status) if os.WIFEXITED(status) else 256 + status), said


if __name__ == "__main__":
    in_a_row()
