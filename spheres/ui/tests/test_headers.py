"""Does every answer tell the browser what to refuse?"""

import re

from django.http import HttpResponse
from django.template import engines
from django.test import RequestFactory

from spheres.ui import headers


def answer(view=lambda request: HttpResponse("x")):
    return headers.SecurityHeadersMiddleware(view)(RequestFactory().get("/"))


def test_an_answer_bears_every_refusal():
    given = answer().headers
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Referrer-Policy"] == "same-origin"
    assert given["Cross-Origin-Opener-Policy"] == "same-origin"
    assert given["Cross-Origin-Resource-Policy"] == "same-origin"
    assert given["X-Frame-Options"] == "DENY"
    assert given["Cache-Control"] == "no-store"
    assert {"camera=()", "geolocation=()", "microphone=()"} <= set(
        given["Permissions-Policy"].split(", ")
    )


def test_the_policy_is_the_one_of_the_house(settings):
    settings.SECURE_CSP = headers.DEFAULT_CSP
    policy = re.sub(r"'nonce-[\w-]+'", "'nonce-R'", answer().headers["Content-Security-Policy"])
    assert policy == (
        "default-src 'none'; script-src 'nonce-R' 'strict-dynamic'; style-src 'self'; "
        "img-src 'self'; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_settings_can_say_another_policy(settings):
    settings.SECURE_CSP = {"default-src": [headers.CSP.SELF]}
    assert answer().headers["Content-Security-Policy"] == "default-src 'self'"


def test_each_answer_has_a_number_of_its_own():
    numbers = {
        re.search(r"'nonce-([\w-]+)'", answer().headers["Content-Security-Policy"]).group(1)
        for _ in range(50)
    }
    assert len(numbers) == 50
    assert min(map(len, numbers)) >= 22


def test_the_page_and_the_policy_bear_the_same_number():
    def view(request):
        page = engines["django"].from_string("{{ csp_nonce }}{{ csp_nonce }}")
        return HttpResponse(page.render(headers.csp(request)))

    response = answer(view)
    number = re.search(r"'nonce-([\w-]+)'", response.headers["Content-Security-Policy"]).group(1)

    assert response.content.decode() == number * 2


def test_an_answer_that_speaks_for_itself_is_not_corrected():
    response = answer(
        lambda request: HttpResponse(
            "x", headers={"Cache-Control": "max-age=60", "Content-Security-Policy": "sandbox"}
        )
    )
    assert response.headers["Cache-Control"] == "max-age=60"
    assert response.headers["Content-Security-Policy"] == "sandbox"
