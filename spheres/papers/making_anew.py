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
# Of what a page may draw with; of what it says while it draws, what draws.
RESOURCES = {"/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font"}
DRAWS = {
    "b", "B", "b*", "B*", "BT", "ET", "BX", "EX", "c", "cm", "CS", "cs", "d", "d0", "d1", "Do",
    "f", "F", "f*", "g", "G", "gs", "h", "i", "j", "J", "k", "K", "l", "m", "M", "n", "q", "Q",
    "re", "RG", "rg", "ri", "s", "S", "SC", "sc", "SCN", "scn", "sh", "T*", "Tc", "Td", "TD",
    "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W", "W*", "y", "'", '"',
}  # fmt: skip
# What a font names that is a stream; how a photograph is written in a page, and a fax.
OF_FONTS = {"/FontFile", "/FontFile2", "/FontFile3", "/ToUnicode", "/Encoding", "/CIDToGIDMap",
            "/UseCMap"}  # fmt: skip
# What the dictionary of a picture says; the strings that a font is chosen by.
OF_PICTURES = {"/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent",
               "/Intent", "/ImageMask", "/Mask", "/Decode", "/Interpolate", "/SMask",
               "/SMaskInData", "/Matte", "/Length", "/Filter", "/DecodeParms"}  # fmt: skip
CHOOSES = {"/Registry", "/Ordering", "/CharSet"}
PHOTOGRAPHED = {"/DCTDecode", "/DCT", "/JPXDecode"}
FAXED = {"/CCITTFaxDecode", "/CCF", "/JBIG2Decode"}


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
        serving = {page.Contents.objgen for page in new.pages}
        for thing in new.objects:
            strip(thing, 0, serving)
        empty_what_serves_nothing(new, serving)
        kept = BytesIO()
        new.save(kept, deterministic_id=True, encryption=False)
        return kept.getvalue()


def strip(thing: Any, depth: int, serving: set[tuple[int, int]]) -> None:
    """Take away what acts, what hides and what tells where it was made; say in `serving` which
    streams a font or a colour names."""
    import pikepdf

    if depth > DEEPEST:
        raise NotTaken(UNREADABLE)
    if isinstance(thing, pikepdf.Array):
        is_colour = len(thing) and str(thing[0]) in {"/ICCBased", "/Indexed"}
        if is_colour:
            serving |= {one.objgen for one in thing if isinstance(one, pikepdf.Stream)}
        for place, inner in enumerate(thing):
            if isinstance(inner, pikepdf.String) and not is_colour:
                thing[place] = pikepdf.String("")
            if isinstance(inner, pikepdf.Array | pikepdf.Dictionary) and not inner.is_indirect:
                strip(inner, depth + 1, serving)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        is_stream = isinstance(thing, pikepdf.Stream)
        names = thing.keys()
        for key in list(names):
            if key in NEVER or (is_stream and key == "/F"):
                del thing[key]
                continue
            inner = thing[key]
            if isinstance(inner, pikepdf.String) and key not in CHOOSES:
                del thing[key]
                continue
            if key == "/Resources" and isinstance(inner, pikepdf.Dictionary):
                for other in set(inner.keys()) - RESOURCES:
                    del inner[other]
            if key in OF_FONTS and isinstance(inner, pikepdf.Stream):
                serving.add(inner.objgen)
            if isinstance(inner, pikepdf.Array | pikepdf.Dictionary) and not inner.is_indirect:
                strip(inner, depth + 1, serving)
        if is_stream:
            if thing.get("/Subtype") == "/Image":
                for key in set(thing.keys()) - OF_PICTURES:
                    del thing[key]
                redraw(thing)
            elif thing.get("/Subtype") == "/Form" or thing.get("/PatternType") == 1:
                thing.write(bare_drawing(thing))
        if thing.get("/Subtype") == "/Type3":
            for drawing in thing.get("/CharProcs", {}).values():
                drawing.write(bare_drawing(drawing))
                serving.add(drawing.objgen)


def empty_what_serves_nothing(pdf: Any, serving: set[tuple[int, int]]) -> None:
    """Bytes of which no reader knows what they are for draw nothing, and may hold anything."""
    import pikepdf

    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.objgen not in serving:
            is_drawn = thing.get("/Subtype") in ("/Image", "/Form")
            if not is_drawn and not {"/PatternType", "/FunctionType", "/ShadingType"} & set(
                thing.keys()
            ):
                for key in set(thing.keys()) - {"/Length"}:
                    del thing[key]
                thing.write(b"")


def bare_drawing(drawn: Any) -> bytes:
    """What draws a page or a part of one, without a word that is not drawn. A photograph written
    in it is not taken: what it may tell cannot be cut out of it."""
    import pikepdf

    kept: list[Any] = []
    for line in pikepdf.parse_content_stream(drawn):
        if isinstance(line, pikepdf.ContentStreamInlineImage):
            if PHOTOGRAPHED & {str(one) for one in line.iimage.filters}:
                raise NotTaken(UNREADABLE)
            kept.append(line)
        elif str(line.operator) in DRAWS:
            kept.append(line)
    return bytes(pikepdf.unparse_content_stream(kept))


def redraw(stream: Any) -> None:
    """A picture of a page, decoded and written again: what it hid beside or inside is gone. The
    lines of a fax are left as they are: they hold nothing else."""
    import pikepdf

    filters = stream.get("/Filter")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names[-1] in FAXED:
        return
    if int(stream.Width) * int(stream.Height) > MOST_PIXELS:
        raise NotTaken(TOO_MANY_PIXELS)
    if names[-1] in PHOTOGRAPHED:
        # Without what may wrap it: the photograph itself.
        raw = stream.read_bytes(pikepdf.StreamDecodeLevel.generalized) if len(names) > 1 else None
        redraw_photograph(stream, raw or stream.read_raw_bytes())
        return
    colours = 1 if stream.get("/ImageMask") else colours_of(stream.get("/ColorSpace"))
    deep = 1 if stream.get("/ImageMask") else int(stream.BitsPerComponent)
    whole = int(stream.Height) * ((int(stream.Width) * colours * deep + 7) // 8)
    drawn = stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
    if len(drawn) < whole:
        raise NotTaken(UNREADABLE)
    stream.write(drawn[:whole])


def redraw_photograph(stream: Any, raw: bytes) -> None:
    import pikepdf
    from PIL import Image, ImageChops

    Image.MAX_IMAGE_PIXELS = None
    # Its notes first: some would stop whoever decodes it.
    bare = bare_jpeg(raw) if raw[:2] == b"\xff\xd8" else raw
    with Image.open(BytesIO(bare), formats=["JPEG", "JPEG2000"]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NotTaken(TOO_MANY_PIXELS)
        inks: Any = image
        if (image.format, image.mode) == ("JPEG", "CMYK") and not is_turned(stream):
            inks = ImageChops.invert(image)  # our decoder takes them all for turned
        seen = image if image.mode in {"L", "RGB"} else inks.convert("RGB")
        kept = BytesIO()
        seen.save(kept, "JPEG", quality=QUALITY, exif=b"", icc_profile=None, comment=b"")
    if seen is not image or "/ColorSpace" not in stream:
        stream.ColorSpace = pikepdf.Name("/DeviceGray" if seen.mode == "L" else "/DeviceRGB")
        for key in ("/Decode", "/SMaskInData"):
            if key in stream:
                del stream[key]
    stream.BitsPerComponent = 8
    stream.write(bare_jpeg(kept.getvalue()), filter=pikepdf.Name("/DCTDecode"))


def is_turned(stream: Any) -> bool:
    """Whether 255 says no ink at all there."""
    decode = stream.get("/Decode")
    return decode is not None and len(decode) > 0 and int(decode[0]) == 1


def colours_of(space: Any) -> int:
    """How many numbers say one point."""
    import pikepdf

    said = [str(space)] if not isinstance(space, pikepdf.Array) else [str(space[0])]
    match said[0]:
        case "/DeviceGray" | "/CalGray" | "/G" | "/Indexed" | "/Separation":
            return 1
        case "/DeviceRGB" | "/CalRGB" | "/Lab" | "/RGB":
            return 3
        case "/DeviceCMYK" | "/CMYK":
            return 4
        case "/ICCBased":
            return int(space[1].N)
        case "/DeviceN":
            return len(space[1])
    raise NotTaken(UNREADABLE)


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
