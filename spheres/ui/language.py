"""In which language does this person read, and how does she change it?"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST


def offered(code):
    return code in dict(settings.LANGUAGES)


def safe_next(request):
    """Back to the page she came from, never to another site."""
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return asked
    return "/"


@login_not_required
@require_POST
def set_language(request):
    """Keeps the choice in a cookie that ends with the browser: nothing stays on a shared device."""
    response = HttpResponseRedirect(safe_next(request))
    code = request.POST.get("language", "")
    if offered(code):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            path=settings.LANGUAGE_COOKIE_PATH,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


class LanguageMiddleware:
    """French unless she chose otherwise. The browser's own language decides nothing:
    on a borrowed device it is somebody else's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = chosen if offered(chosen) else settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", code)
            patch_vary_headers(response, ["Cookie"])
            return response
