from tests.cast import acting
from spheres.followup.notes import queries as notes
from spheres.sharing.compile import drift
from django.db import connection
import time

def test_world(cast):
    with acting(cast.ines):
        assert [n.kind for n in notes.visible(actor=cast.ines)] == ["meeting"]
        t=time.perf_counter()
        with connection.cursor() as c:
            for i in range(50): c.execute("select access.readable_notes_files()")
        print("reach ms", (time.perf_counter()-t)/50*1000)
    with acting(cast.samir):
        assert list(notes.visible(actor=cast.samir)) == []
