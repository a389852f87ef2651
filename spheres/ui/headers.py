"""What does every answer tell the browser to refuse?

Written with Django 6's setting names, so that the change of version is a deletion.
"""

import secrets

from django.conf import settings
from django.utils.functional import SimpleLazyObject


class CSP:
    NONE = "'none'"
    SELF = "'self'"
    STRICT_DYNAMIC = "'strict-dynamic'"
    NONCE = "<CSP_NONCE_SENTINEL>"


# The policy of the house; settings may say SECURE_CSP = DEFAULT_CSP.
DEFAULT_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.NONCE, CSP.STRICT_DYNAMIC],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

FEATURES = [
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "compute-pressure",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "interest-cohort",
    "keyboard-map",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "private-state-token-issuance",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "sync-xhr",
    "usb",
    "window-management",
    "xr-spatial-tracking",
]

# Passkeys are the only power a page may ask for, and only for itself.
PERMISSIONS = ", ".join(
    [f"{feature}=()" for feature in FEATURES]
    + ["publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
)

FIXED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # no-referrer would break the check against forged requests
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": PERMISSIONS,
    "Cache-Control": "no-store",
}


def policy(directives, nonce):
    """The policy as one line, with this answer's number in it."""
    parts = []
    for name, sources in directives.items():
        values = [f"'nonce-{nonce}'" if source == CSP.NONCE else source for source in sources]
        parts.append(" ".join([name, *values]))
    return "; ".join(parts)


def number(request):
    """One number per answer, never used twice; drawn when first asked for."""
    if not hasattr(request, "csp_number"):
        request.csp_number = secrets.token_urlsafe(16)
    return request.csp_number


def csp(request):
    """Context processor: `csp_nonce` for the few script tags of the base pages."""
    return {"csp_nonce": SimpleLazyObject(lambda: number(request))}


class SecurityHeadersMiddleware:
    """Adds what an answer does not already say itself.

    Comes first of all middleware, so that refusals bear it too.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        directives = getattr(settings, "SECURE_CSP", None) or DEFAULT_CSP
        response.headers.setdefault("Content-Security-Policy", policy(directives, number(request)))
        return response
