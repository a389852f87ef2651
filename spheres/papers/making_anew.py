"""What is left of a paper once it was made anew? Runs alone in the sandbox, and never elsewhere.

It reads the bytes of one paper on its standard input and writes on its standard output what may
be kept of them: the pages as pictures, and of a PDF a copy without anything that acts, hides or
tells where it was made. It imports nothing of ours: none of ours is there.
"""

from __future__ import annotations

import resource
import struct
import sys
from io import BytesIO
from typing import Any

# What the outside reads as the end of this programme (`sandbox.py`).
LOCKED, UNREADABLE, TOO_MANY_PIXELS, TOO_MANY_PAGES = 10, 11, 12, 13
MOST_PIXELS, MOST_PAGES = 40_000_000, 40
LONGEST = 3_508  # pixels: a letter page at 300 dots an inch
QUALITY = 85
# A page is drawn at 150 dots an inch; its own unit is 72.
SCALE = 150 / 72
# Of a page of a PDF, what is kept; of anything in it, what never is.
PAGE = {"/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate",
        "/UserUnit", "/Group"}  # fmt: skip
NEVER = {"/AA", "/JS", "/JavaScript", "/OpenAction", "/EF", "/EmbeddedFiles", "/AF", "/Metadata",
         "/PieceInfo", "/OPI", "/Ref", "/Alternates", "/Thumb", "/LastModified", "/FFilter",
         "/FDecodeParms"}  # fmt: skip
DEEPEST = 60


class NotTaken(Exception):
    """This paper is not taken, and why."""


def hold(memory: int, seconds: int) -> None:
    """So much memory and time and no more, whatever the paper asks for."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        # Itself, who watches it and one thread of a reader: each other process would have as much
        # memory and time again. It holds nobody where the site itself runs as root.
        resource.RLIMIT_NPROC: 3,
    }
    for which, most in limits.items():
        resource.setrlimit(which, (most, most))


def picture(content: bytes, kind: str) -> list[bytes]:
    """One picture, decoded and written again: only what is seen of it is left."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    if kind == "HEIF":
        import pillow_heif  # type: ignore[import-not-found, unused-ignore]

        pillow_heif.options.DECODE_THREADS = 1
        pillow_heif.register_heif_opener(thumbnails=False)
    with Image.open(BytesIO(content), formats=[kind]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NotTaken(TOO_MANY_PIXELS)
        turned = int(image.getexif().get(0x0112, 1))
        image.draft("RGB", (LONGEST, LONGEST))
        image.thumbnail((LONGEST, LONGEST), reducing_gap=2.0)
        seen = ImageOps.exif_transpose(image) if turned != 1 else image
        return [written(seen)]


def written(image: Any) -> bytes:
    """A JPEG of ours: on white where it was transparent, with nothing beside its picture."""
    from PIL import Image

    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    clean = Image.new("RGB", image.size)
    clean.paste(image.convert("RGB"))
    kept = BytesIO()
    clean.save(kept, "JPEG", quality=QUALITY, optimize=False, exif=b"", icc_profile=None)
    return kept.getvalue()


def document(content: bytes) -> list[bytes]:
    """A PDF without what it could do, then its pages as they are seen."""
    cleaned = clean_document(content)
    return [cleaned, *pages_of(cleaned)]


def clean_document(content: bytes) -> bytes:
    """A new PDF of the pages alone: what was filled in stays seen, no script, no file inside."""
    import pikepdf

    try:
        old = pikepdf.Pdf.open(BytesIO(content))
    except pikepdf.PasswordError as why:
        raise NotTaken(LOCKED) from why
    with old:
        if not 1 <= len(old.pages) <= MOST_PAGES:
            raise NotTaken(TOO_MANY_PAGES if old.pages else UNREADABLE)
        old.remove_unreferenced_resources()
        # What was written in its boxes becomes part of the page: the boxes go, with what they do.
        old.generate_appearance_streams()
        old.flatten_annotations("all")
        new = pikepdf.Pdf.new()
        for page in old.pages:
            for key in set(page.obj.keys()) - PAGE:
                del page.obj[key]
            new.pages.append(page)
            new.pages[-1].Contents = new.make_stream(bare_drawing(new.pages[-1].obj))
        for thing in new.objects:
            strip(thing, 0)
        kept = BytesIO()
        new.save(kept, deterministic_id=True, encryption=False)
        return kept.getvalue()


def strip(thing: Any, depth: int) -> None:
    """Take away what acts, what hides and what tells where it was made."""
    import pikepdf

    if depth > DEEPEST:
        raise NotTaken(UNREADABLE)
    if isinstance(thing, pikepdf.Array):
        for inner in thing:
            if isinstance(inner, pikepdf.Array | pikepdf.Dictionary) and not inner.is_indirect:
                strip(inner, depth + 1)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        is_stream = isinstance(thing, pikepdf.Stream)
        names = thing.keys()
        for key in list(names):
            if key in NEVER or (is_stream and key == "/F"):
                del thing[key]
                continue
            inner = thing[key]
            if isinstance(inner, pikepdf.Array | pikepdf.Dictionary) and not inner.is_indirect:
                strip(inner, depth + 1)
        if is_stream:
            strip_picture(thing)
            if thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1:
                thing.write(bare_drawing(thing))
        if thing.get("/Subtype") == "/Type3":
            for drawing in thing.get("/CharProcs", {}).values():
                drawing.write(bare_drawing(drawing))


def bare_drawing(drawn: Any) -> bytes:
    """What draws a page or a part of one, without a word that is not drawn. A photograph written
    in it is not taken: what it may tell cannot be cut out of it."""
    import pikepdf

    lines = pikepdf.parse_content_stream(drawn)
    for line in lines:
        if isinstance(line, pikepdf.ContentStreamInlineImage):
            filters = line.iimage.filters
            if {"/DCTDecode", "/DCT", "/JPXDecode"} & {str(one) for one in filters}:
                raise NotTaken(UNREADABLE)
    return bytes(pikepdf.unparse_content_stream(lines))


def strip_picture(stream: Any) -> None:
    """A photograph inside a page may say where it was taken: its picture alone is kept."""
    import pikepdf

    filters = stream.get("/Filter")
    if filters is None:
        return
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names[-1] not in {"/DCTDecode", "/DCT", "/JPXDecode"}:
        return
    if len(names) > 1:
        # Written without what wraps it, so that it can be read to its end.
        stream.write(stream.read_bytes(pikepdf.StreamDecodeLevel.generalized),
                     filter=pikepdf.Name(names[-1]),
                     decode_parms=last_of(stream.get("/DecodeParms")))  # fmt: skip
    raw = stream.read_raw_bytes()
    cut = bare_jpeg if names[-1] != "/JPXDecode" else bare_jpx
    stream.write(cut(raw), filter=pikepdf.Name(names[-1]),
                 decode_parms=stream.get("/DecodeParms"))  # fmt: skip


def last_of(parms: Any) -> Any:
    import pikepdf

    return parms[-1] if isinstance(parms, pikepdf.Array) and len(parms) else None


def bare_jpeg(raw: bytes) -> bytes:
    """What draws it, what says its colours and its dots; no note, nothing after its end."""
    if raw[:2] != b"\xff\xd8":
        raise NotTaken(UNREADABLE)
    kept, at = [b"\xff\xd8"], 2
    while True:
        while raw[at : at + 2] == b"\xff\xff":
            at += 1
        if raw[at : at + 2] == b"\xff\xd9":
            return b"".join([*kept, b"\xff\xd9"])
        if at + 4 > len(raw) or raw[at] != 0xFF:
            raise NotTaken(UNREADABLE)
        mark = raw[at + 1]
        end = at + 2 + struct.unpack(">H", raw[at + 2 : at + 4])[0]
        whole = raw[at + 4 : end]
        if mark == 0xE0:
            # Its dots, once, without the small picture that may go with them.
            draws = len(whole) == 14 and whole[:5] == b"JFIF\0" and len(kept) == 1
        elif mark == 0xEE:
            draws = len(whole) == 12 and whole[:5] == b"Adobe"
        else:
            draws = 0xC0 <= mark <= 0xCF or 0xDA <= mark <= 0xDF
        if draws:
            kept.append(raw[at:end])
        at = end
        if mark == 0xDA:
            # The lines of the picture: up to the next mark that is neither a zero nor a restart.
            stop = at
            while True:
                stop = raw.find(b"\xff", stop)
                if stop < 0 or stop + 1 >= len(raw):
                    return b"".join([*kept, raw[at:], b"\xff\xd9"])
                if raw[stop + 1] != 0 and not 0xD0 <= raw[stop + 1] <= 0xD7:
                    break
                stop += 2
            kept.append(raw[at:stop])
            at = stop


def bare_jpx(raw: bytes) -> bytes:
    """Without its boxes of words: `xml `, `uuid`, `uinf`."""
    if raw[:4] == b"\xff\x4f\xff\x51":
        return raw  # a bare picture
    kept, at = [], 0
    while at + 8 <= len(raw):
        size, name = struct.unpack(">I4s", raw[at : at + 8])
        if size == 1 and at + 16 <= len(raw):
            size = struct.unpack(">Q", raw[at + 8 : at + 16])[0]
        end = len(raw) if size == 0 else at + size
        if size != 0 and (size < 8 or end > len(raw)):
            raise NotTaken(UNREADABLE)
        if name not in {b"xml ", b"uuid", b"uinf"}:
            kept.append(raw[at:end])
        at = end
    return b"".join(kept)


def pages_of(cleaned: bytes) -> list[bytes]:
    """Each page as it is seen, drawn by a programme that knows no script."""
    import pypdfium2

    drawn = []
    pdf = pypdfium2.PdfDocument(cleaned)
    for page in pdf:
        width, height = page.get_size()
        if width <= 0 or height <= 0:
            raise NotTaken(UNREADABLE)
        scale = min(SCALE, LONGEST / max(width, height))
        bitmap = page.render(scale=scale, may_draw_forms=False)
        drawn.append(written(bitmap.to_pil()))
        bitmap.close()
        page.close()
    return drawn


def main() -> int:
    sys.path.insert(0, sys.argv[1])
    hold(int(sys.argv[3]), int(sys.argv[4]))
    kind = sys.argv[2]
    content = sys.stdin.buffer.read()
    try:
        parts = document(content) if kind == "PDF" else picture(content, kind)
    except NotTaken as why:
        return int(why.args[0])
    except Exception:  # whatever a paper does to those who read it: it could not be read
        return UNREADABLE
    said = b"".join([struct.pack(">I", len(parts)), *(
        struct.pack(">I", len(part)) + part for part in parts)])  # fmt: skip
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
