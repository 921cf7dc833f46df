"""What stands between the network and Flet, which trusts whoever connects."""

import asyncio
import contextlib
import hashlib
from collections.abc import Awaitable, Callable, Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.components.frontend.connection import connect, connection
from app.components.frontend.index import dress
from app.core.network import header, own_origin

# Flet stops listening after a bad or a last frame but, before a client has registered, never returns.
DEAF_SECONDS = 10
# Shorter than a stopping server waits for its connections, which is 5.
GONE_SECONDS = 2


def shield(flet: ASGIApp, gates: Iterable[Callable[[ASGIApp], ASGIApp]], scripts: Iterable[str]) -> ASGIApp:
    """Flet behind the gates: each may answer a request itself, or say whose connection it is."""
    paths = tuple(scripts)

    async def inner(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await _socket(flet, scope, receive, send)
        else:
            await flet(scope, receive, _answer(send, paths))

    guarded: ASGIApp = inner
    for gate in reversed(list(gates)):
        guarded = gate(guarded)

    async def outer(scope: Scope, receive: Receive, send: Send) -> None:
        origin = header(scope, "origin")
        if scope["type"] == "websocket" and origin is not None and origin != own_origin(scope):
            await refuse(receive, send)
            return
        connect(scope)
        await guarded(scope, receive, send)

    return outer


async def refuse(receive: Receive, send: Send) -> None:
    """Turn a WebSocket away before it is one; the browser sees a 403."""
    await receive()
    await send({"type": "websocket.close", "code": 1008})


async def _socket(flet: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    # Flet resumes a session for whoever names it from the same address. With the owner in that address a
    # session ends for everybody else: the next person on this browser never sees the pages of the one before.
    seen = connection()
    tag = hashlib.sha256(f"{seen.owner} {seen.address}".encode()).hexdigest()
    loop, deaf = asyncio.get_running_loop(), None

    async def hear() -> Message:
        nonlocal deaf
        if deaf:
            deaf.cancel()
        message = await receive()
        gone = message["type"] == "websocket.disconnect"
        deaf = loop.call_later(GONE_SECONDS if gone else DEAF_SECONDS, running.cancel)
        return message

    async def say(message: Message) -> None:
        # The browser may have left. Flet would take the error for a reason to keep the session for ever.
        with contextlib.suppress(OSError):
            await send(message)

    running = asyncio.ensure_future(flet({**scope, "client": (tag, 0)}, hear, say))
    try:
        await asyncio.wait({running})
    finally:
        if deaf:
            deaf.cancel()
        running.cancel()
    if not running.cancelled():
        running.result()


def _answer(send: Send, scripts: tuple[str, ...]) -> Callable[[Message], Awaitable[None]]:
    start: Message = {}
    body = b""

    async def answer(message: Message) -> None:
        nonlocal start, body
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            del headers["access-control-allow-origin"]
            headers["cache-control"] = "no-cache"
            if headers.get("content-type", "").startswith("text/html"):
                start = message
                return
        if start and message["type"] == "http.response.body":
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            html, policy = dress(body.decode(), scripts)
            headers = MutableHeaders(raw=start["headers"])
            headers["content-security-policy"] = policy
            # A gate must be asked at every load, also after "back".
            headers["cache-control"] = "no-store"
            if body:
                headers["content-length"] = str(len(html.encode()))
                message = {**message, "body": html.encode()}
            await send(start)
        await send(message)

    return answer
