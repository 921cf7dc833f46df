"""Cross-site request forgery: unsafe requests that another site made a browser send are refused."""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.errors import error_response
from app.core.network import header, own_origin
from app.services.auth.errors import ForeignOriginError

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
OWN_SITES = {"same-origin", "none"}


class CsrfMiddleware:
    """
    Judges by what only a browser can say of itself; who says neither is no browser and passes.

    It does not ask whether there is a cookie: signing somebody in to a stranger's account needs none.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and _is_foreign(scope):
            await error_response(ForeignOriginError())(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_foreign(scope: Scope) -> bool:
    # A header that came twice is joined, and so equals nothing.
    origin, site = header(scope, "origin"), header(scope, "sec-fetch-site")
    other_origin = origin is not None and origin.lower() != own_origin(scope)
    return other_origin or (site is not None and site.lower() not in OWN_SITES)


def is_begun_elsewhere(scope: Scope) -> bool:
    """Whether a browser says that another site asks for a page, or that no tab does."""
    allowed = {"site": OWN_SITES, "mode": {"navigate"}, "dest": {"document"}}
    said = {name: header(scope, f"sec-fetch-{name}") for name in allowed}
    return any(value is not None and value.lower() not in allowed[name] for name, value in said.items())
