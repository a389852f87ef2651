"""Which papers are sent in the tests? Honest ones, and a corpus of those that mean harm.

All are drawn or written here: no paper of anybody's.
"""

from __future__ import annotations

import os
import struct
import zlib
from io import BytesIO
from uuid import UUID

import pikepdf
import pillow_heif
import pytest
from PIL import Image, ImageDraw

from spheres.papers import actions, sandbox
from spheres.papers.checking import Answer
from tests.cast import MONDAY, Cast, acting, uuid_of

PLACE = b"45.5088N73.5878W"  # a place that no paper may tell
GPS = {1: "N", 2: (45.0, 30.0, 31.68), 3: "W", 4: (73.0, 35.0, 16.08)}
HTML = b"<html><script>alert('hidden')</script></html>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def drawn(size: tuple[int, int] = (600, 800)) -> Image.Image:
    """A sheet with some lines on it."""
    sheet = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(sheet)
    for line in range(5):
        pen.line((60, 100 + line * 60, size[0] - 60, 100 + line * 60), fill="black", width=3)
    return sheet


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (600, 800), **more: object) -> bytes:
    kept = BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(drawn(size)).save(kept, **more)
    else:
        drawn(size).save(kept, kind, **more)
    return kept.getvalue()


def told_where() -> Image.Exif:
    """What a telephone writes in a picture: where it was taken, by which telephone."""
    told = Image.Exif()
    told[0x010F] = PLACE.decode()
    told[0x8825] = GPS
    return told


def picture_that_tells(kind: str = "JPEG") -> bytes:
    if kind == "HEIF":
        return picture(kind, exif=told_where().tobytes())
    return picture(kind, exif=told_where())


def document(*, pages: int = 1, of: bytes | None = None, **save: object) -> bytes:
    """A PDF of pictures, as a scanner makes one: each JPEG as it is, with all that it tells."""
    pdf = pikepdf.Pdf.new()
    for _page in range(pages):
        image = pikepdf.Stream(pdf, of or picture(), Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image, Width=600, Height=800, BitsPerComponent=8,
            ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode)  # fmt: skip
        page = pdf.add_blank_page(page_size=(612, 792))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
        page.Contents = pikepdf.Stream(pdf, b"q 612 0 0 792 0 0 cm /Im Do Q")
    return written(pdf, **save)


def written(pdf: pikepdf.Pdf, **save: object) -> bytes:
    kept = BytesIO()
    pdf.save(kept, **save)
    return kept.getvalue()


def document_that_acts() -> bytes:
    """It runs a script when it is opened, when its page is, when it is touched; it sends a form."""
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hidden')")
    pdf.Root.OpenAction = script
    pdf.Root.AA = pikepdf.Dictionary(WC=script)
    pdf.Root.Names = pikepdf.Dictionary(
        JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["a", script]))
    )
    page = pdf.pages[0]
    page.AA = pikepdf.Dictionary(O=script)
    page.Annots = pikepdf.Array([
        pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link,
            Rect=[0, 0, 600, 700], A=pikepdf.Dictionary(
                S=pikepdf.Name.URI, URI="https://hidden.example/")))
    ])  # fmt: skip
    page.Resources.PieceInfo = pikepdf.Dictionary(JS="hidden")
    return written(pdf)


def document_with_a_file_inside() -> bytes:
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    pdf.attachments["a.exe"] = pikepdf.AttachedFileSpec(pdf, b"MZ hidden" + EICAR)
    return written(pdf)


def document_that_swells() -> bytes:
    """A few kilobytes that say they are a page of two thousand millions."""
    pdf = pikepdf.Pdf.new()
    page = pdf.add_blank_page(page_size=(612, 792))
    squeezer, squeezed = zlib.compressobj(9), []
    for _piece in range(1_000):
        squeezed.append(squeezer.compress(b"0 0 m 1 1 l S " * 100_000))
    squeezed.append(squeezer.flush())
    page.Contents = pikepdf.Stream(pdf, b"".join(squeezed), Filter=pikepdf.Name.FlateDecode)
    return written(pdf)


def document_as_large_as_a_town() -> bytes:
    pdf = pikepdf.Pdf.new()
    pdf.add_blank_page(page_size=(612, 792)).MediaBox = [0, 0, 2_000_000, 2_000_000]
    return written(pdf)


def document_that_asks_for_a_password() -> bytes:
    return document(encryption=pikepdf.Encryption(owner="a", user="b"))


def flood(side: int = 60_000) -> bytes:
    """A picture of a few kilobytes that says it has 3,600 million points."""

    def chunk(name: bytes, content: bytes) -> bytes:
        whole = name + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def with_a_note(note: bytes, content: bytes | None = None) -> bytes:
    """A JPEG with these words in its comment."""
    jpeg = content or picture()
    return jpeg[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + jpeg[2:]


def with_a_mark(mark: int, words: bytes) -> bytes:
    """A JPEG with these words under a mark that a picture has no need of."""
    jpeg = picture()
    return jpeg[:2] + bytes((0xFF, mark)) + struct.pack(">H", len(words) + 2) + words + jpeg[2:]


def document_whose_page_tells() -> bytes:
    """Who wrote it, in a comment of what draws the page, and of a form that the page draws."""
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    told = b"% hidden: made by Jean on C:\\Jean\\Maya.docx\n"
    form = pikepdf.Stream(pdf, told + b"0 0 10 10 re f", Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form, BBox=[0, 0, 10, 10])  # fmt: skip
    pdf.pages[0].Resources.XObject.Fm = pdf.make_indirect(form)
    pdf.pages[0].Contents = pikepdf.Stream(pdf, told + b"q 612 0 0 792 0 0 cm /Im Do Q q /Fm Do Q")
    return written(pdf)


def document_with_a_picture_in_its_page() -> bytes:
    """A photograph written in what draws the page, where its notes are not looked for."""
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    small = picture(size=(60, 40), exif=told_where())
    drawn = b"q 60 0 0 40 9 9 cm BI /W 60 /H 40 /CS /RGB /BPC 8 /F /DCT ID " + small
    pdf.pages[0].Contents = pikepdf.Stream(pdf, drawn + b"\nEI Q")
    return written(pdf)


def picture_that_hides_in_its_lines() -> bytes:
    """Words among the lines of a photograph, where no note is looked for."""
    jpeg = picture()
    return jpeg[:-2] + PLACE + b"hidden" + jpeg[-2:]


def document_of(picture_of: bytes, **said: object) -> bytes:
    """A PDF of one picture that is not what its page says it is."""
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    image = pdf.pages[0].Resources.XObject.Im
    image.write(picture_of)
    for key, value in said.items():
        image[f"/{key}"] = value
    return written(pdf)


def document_whose_drawing_says_more() -> bytes:
    """Words that draw nothing: of no operator, of a mark, of a thing it never draws with."""
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    page = pdf.pages[0]
    page.Resources.Hidden = pikepdf.String("hidden")
    page.Resources.XObject.Im.Hidden = pikepdf.Name("/hidden")
    page.Group = pikepdf.Dictionary(S=pikepdf.Name("/Transparency"), Where=PLACE.decode(),
                                    Also=pikepdf.Array([pikepdf.String("hidden")]))  # fmt: skip
    page.Resources.Properties = pikepdf.Dictionary(A=pikepdf.Dictionary(Where=PLACE.decode()))
    page.Contents = pikepdf.Stream(
        pdf, b"/Span << /ActualText (hidden) >> BDC q 612 0 0 792 0 0 cm /Im Do Q EMC Exif GPS"
    )
    return written(pdf)


def document_in_inks(*decode: int) -> bytes:
    """A photograph said by four inks, as printers have them; `decode`: turned the other way."""
    kept = BytesIO()
    Image.new("RGB", (600, 800), (200, 30, 40)).convert("CMYK").save(kept, "JPEG")
    pdf = pikepdf.Pdf.open(BytesIO(document(of=kept.getvalue())))
    image = pdf.pages[0].Resources.XObject.Im
    image.ColorSpace = pikepdf.Name.DeviceCMYK
    if decode:
        image.Decode = pikepdf.Array(decode)
    return written(pdf)


def document_with_bytes_for_nothing() -> bytes:
    """A stream that the page names, and that is of no kind."""
    pdf = pikepdf.Pdf.open(BytesIO(document()))
    pdf.pages[0].Resources.XObject.No = pdf.make_indirect(pikepdf.Stream(pdf, PLACE + b"hidden"))
    return written(pdf)


def picture_with_a_long_note() -> bytes:
    """What a programme of photographs writes: in words, where it was taken."""
    note = b"<x:xmpmeta xmlns:x='http://ns.adobe.com/xap/1.0/' GPSLatitude='45' />" + PLACE
    return picture(xmp=note)


# What is refused, each with the sentence that is said.
# fmt: off
REFUSED = {
    "cut short": (picture("PNG")[:900], "a.png", sandbox.UNREADABLE),
    "cut at its head": (picture()[:30], "a.jpg", sandbox.UNREADABLE),
    "pixel flood": (flood(), "a.png", sandbox.TOO_MANY_PIXELS),
    "wrong name": (picture("PNG"), "a.pdf", sandbox.NOT_AS_SAID),
    "HTML": (HTML, "a.html", sandbox.NOT_KNOWN),
    "HTML under a picture’s name": (HTML, "a.jpg", sandbox.NOT_KNOWN),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", sandbox.NOT_KNOWN),
    "archive": (b"PK\x03\x04" + bytes(100), "a.zip", sandbox.NOT_KNOWN),
    "office": (b"PK\x03\x04[Content_Types].xml", "a.docx", sandbox.NOT_KNOWN),
    "programme": (b"MZ" + bytes(100), "a.jpg", sandbox.NOT_KNOWN),
    "virus of the tests": (EICAR, "a.pdf", sandbox.NOT_KNOWN),
    "empty": (b"", "a.jpg", sandbox.NOT_KNOWN),
    "too large": (picture() + bytes(sandbox.HEAVIEST), "a.jpg", sandbox.TOO_LARGE),
    "under a password": (document_that_asks_for_a_password(), "a.pdf", sandbox.LOCKED),
    "PDF cut short": (document()[:200], "a.pdf", sandbox.UNREADABLE),
    "PDF behind something": (b"GIF89a" + document(), "a.pdf", sandbox.NOT_KNOWN),
    "PDF with a picture in its page": (
        document_with_a_picture_in_its_page(), "a.pdf", sandbox.UNREADABLE,
    ),
    "PDF whose picture is a photograph and does not say so": (
        document_of(picture_that_tells()), "a.pdf", sandbox.UNREADABLE,
    ),
    "PDF whose picture is not as large as it says": (
        document_of(PLACE * 100), "a.pdf", sandbox.UNREADABLE,
    ),
    "PDF of no page": (written(pikepdf.Pdf.new()), "a.pdf", sandbox.UNREADABLE),
    "PDF of too many pages": (document(pages=41), "a.pdf", sandbox.TOO_MANY_PAGES),
}
# What is taken once made anew, and leaves with nothing of what it hid.
TAKEN = {
    "JPEG": (picture(), "a.jpg"),
    "JPEG under another of its names": (picture(), "A.JPEG"),
    "JPEG without a name’s end": (picture(), "scan"),
    "PNG": (picture("PNG"), "a.png"),
    "WebP": (picture("WEBP"), "a.webp"),
    "HEIC": (picture("HEIF"), "a.heic"),
    "PDF": (document(pages=2), "a.pdf"),
    "JPEG that tells where": (picture_that_tells(), "a.jpg"),
    "JPEG that tells where, in words": (picture_with_a_long_note(), "a.jpg"),
    "PNG that tells where": (picture_that_tells("PNG"), "a.png"),
    "WebP that tells where": (picture_that_tells("WEBP"), "a.webp"),
    "HEIC that tells where": (picture_that_tells("HEIF"), "a.heic"),
    "PDF whose picture tells where": (document(of=picture_that_tells()), "a.pdf"),
    "PDF whose picture keeps what it was before": (
        document(of=with_a_mark(0xE0, b"JFXX\0\x10hidden" + PLACE)), "a.pdf",
    ),
    "PDF whose picture tells where, under a mark of none": (
        document(of=with_a_mark(0xF0, PLACE)), "a.pdf",
    ),
    "PDF whose picture tells where, in the colours’ mark": (
        document(of=with_a_mark(0xEE, b"Adobe" + PLACE)), "a.pdf",
    ),
    "PDF whose picture hides words among its lines": (
        document(of=picture_that_hides_in_its_lines()), "a.pdf",
    ),
    "PDF whose picture is longer than it says": (
        document_of(bytes(600 * 800 * 3) + PLACE), "a.pdf",
    ),
    "PDF with bytes that serve nothing": (document_with_bytes_for_nothing(), "a.pdf"),
    "PDF whose drawing says more than it draws": (document_whose_drawing_says_more(), "a.pdf"),
    "PDF whose page tells who wrote it": (document_whose_page_tells(), "a.pdf"),
    "HTML in its comment": (with_a_note(HTML), "a.jpg"),
    "virus of the tests in its comment": (with_a_note(EICAR), "a.jpg"),
    "polyglot with a PDF": (picture() + document(), "a.jpg"),
    "polyglot with an archive": (picture() + b"PK\x03\x04" + HTML, "a.jpg"),
    "PDF that acts": (document_that_acts(), "a.pdf"),
    "PDF with a file inside": (document_with_a_file_inside(), "a.pdf"),
    "PDF as large as a town": (document_as_large_as_a_town(), "a.pdf"),
}
# fmt: on
# Nothing of these may come out, in any part.
HIDDEN = (
    PLACE,
    b"Exif",
    b"GPS",
    b"hidden",
    b"<script",
    b"JavaScript",
    b"/JS",
    b"/URI",
    b"/AA",
    b"/OpenAction",
    b"/EmbeddedFile",
    b"EICAR",
    b"PK\x03\x04",
    b"MZ ",
    b"http://ns.adobe.com",
)  # fmt: skip


def told_by(part: bytes) -> set[bytes]:
    """What this part still tells of what was hidden; a PDF is looked at unfolded. The lines of a
    photograph that we wrote may spell some letters by chance, and longer words never."""
    if not part.startswith(b"%PDF-"):
        least = 5 if sandbox.is_bare_picture(part) else 0
        return {words for words in HIDDEN if len(words) >= least and words in part}
    told: set[bytes] = set()
    with pikepdf.Pdf.open(BytesIO(part)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Filter") == "/DCTDecode":
                lines = thing.read_raw_bytes()
                told |= {words for words in HIDDEN if len(words) > 4 and words in lines}
                thing.write(b"")
        unfolded = written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable,
                           stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
                           compress_streams=False)  # fmt: skip
        contents = [unfolded] + [
            thing.read_raw_bytes() for thing in pdf.objects if isinstance(thing, pikepdf.Stream)
        ]
    return told | {words for words in HIDDEN for content in contents if words in content}


def paper_of_maya(cast: Cast, about: UUID) -> dict[str, UUID]:
    """A paper kept with what she shares, as the sandbox would leave it."""
    sent = actions.Sent(uuid_of("paper of Maya"), about, b"", "Maya.jpg")
    taken = sandbox.Taken("JPEG", (b"Ne ferme pas la porte.",))
    with acting(cast.ines):
        actions.keep_taken(
            cast.maya.file_id, "consent", sent, taken, Answer.NOT_ASKED, by=cast.ines, at=MONDAY
        )
    return {"paper_id": sent.id, "about_id": about}


@pytest.fixture
def sandboxed() -> None:
    """These tests need the real sandbox; a machine that may skip nothing has it."""
    if sandbox.can_run():
        return
    if os.environ.get("CI") == "true":
        pytest.fail("bubblewrap does not run here: no paper can be read (.ci/run installs it).")
    pytest.skip("bubblewrap does not run here (apt install bubblewrap)")
