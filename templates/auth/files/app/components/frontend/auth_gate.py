"""The gate of the pages: finds whose connection this is, and brings back a session that has dozed off."""

from uuid import UUID

from starlette.datastructures import MutableHeaders
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.components.frontend.connection import belongs_to, connection
from app.components.frontend.shield import refuse
from app.core.db import session_scope
from app.services.auth import Client, Principal, cookies, identify, principal_of

_RESUME = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>One moment</title>
<link rel="stylesheet" href="/page.css">
<script src="/session.js" data-resume defer></script>
</head>
<body>
<div id="loading" role="status" aria-label="Signing you in again"></div>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
"""
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


def browser_cookies() -> dict[str, str]:
    """The cookies of the handshake that the running handler belongs to."""
    return cookies.parse(connection().headers.getlist("cookie"))


def client() -> Client:
    """The running handler's browser, as the sign-in services want to know it."""
    seen = connection()
    return Client(
        address=seen.address,
        user_agent=seen.headers.get("user-agent", ""),
        known_device=cookies.read(browser_cookies(), "device"),
    )


async def person() -> Principal | None:
    """Who is behind the running handler, asked afresh: a session may have ended since the last click."""
    owner = connection().owner
    if not owner:
        return None
    async with session_scope() as session:
        return await principal_of(session, UUID(owner))


class SessionGate:
    """
    Asks at each page load and each handshake who it is.

    A page load without a living session, though the browser says it has one, gets a page whose script fetches
    new cookies: the refresh cookie is Strict, so a load that a foreign link began does not carry it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _is_page(scope):
            await self.app(scope, receive, send)
            return
        held = browser_cookies()
        marker = cookies.read(held, "signed_in")
        if cookies.read(held, "session"):
            async with session_scope() as session:
                principal = await identify(session, held)
            if principal:
                belongs_to(str(principal.sid))
                marker = None
        if scope["type"] == "websocket":
            if marker and cookies.has_run_out(marker):
                # The script is about to renew the cookies; Flet tries again and finds its session as it was.
                await refuse(receive, send)
                return
        elif marker:
            await HTMLResponse(_RESUME, headers=_HEADERS)(scope, receive, send)
            return
        elif not cookies.read(held, "nonce"):
            send = _with_nonce(send)
        await self.app(scope, receive, send)


def _is_page(scope: Scope) -> bool:
    return scope["method"] == "GET" and "text/html" in connection().headers.get("accept", "")


def _with_nonce(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).append("set-cookie", cookies.nonce_cookie(cookies.new_nonce()))
        await send(message)

    return answer
