"""Scratch: the whole way in pages."""
import pytest
from django.test import Client
from spheres.accounts import actions as door
from spheres.config import settings as s
from tests.cast import MONDAY, acting, uuid_of, refer
from spheres.core import clock

def client_for(actor, host="staff.localhost"):
    c = Client(headers={"host": host})
    with clock.at(MONDAY):
        session = door.come_in(actor.user_id, at=MONDAY, way="test")
    c.cookies["session"] = session.session_key
    return c

def test_pages(cast, settings):
    import spheres.regions.queries as r
    r.R.desk_organisation_id = cast.institute.id
    with clock.at(MONDAY):
        ines = client_for(cast.ines)
        for url in ["/", "/people/", "/people/?q=may", "/contact/", f"/files/{cast.maya.file_id}/", f"/files/{cast.maya.file_id}/who/", f"/files/{cast.maya.file_id}/notes/new/", f"/files/{cast.maya.file_id}/notes/{uuid_of('first note of Maya')}/"]:
            resp = ines.get(url)
            print(url, resp.status_code, len(resp.content))
            assert resp.status_code == 200, resp.content.decode()[:3000]
        samir = client_for(cast.samir)
        assert samir.get(f"/files/{cast.maya.file_id}/").status_code == 404
        lou = refer("Lou", desk=cast.institute.id)
        louise = client_for(cast.louise)
        for url in ["/desk/", f"/desk/{lou}/"]:
            resp = louise.get(url)
            print(url, resp.status_code, len(resp.content))
            assert resp.status_code == 200, resp.content.decode()[:3000]
        assert louise.get("/").status_code == 302
