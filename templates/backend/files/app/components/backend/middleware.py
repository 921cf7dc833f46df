"""What every request passes through, outermost first: client, log and last resort, headers, input."""

import re
import time
from collections.abc import Iterator
from json import loads
from typing import Any
from urllib.parse import unquote_to_bytes
from uuid import uuid4

import structlog
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.config import AppSettings, settings
from app.core.errors import AppError, TooLargeError, error_response
from app.core.logging import get_logger
from app.core.network import client_address, forwarded_client, header, is_trusted

log = get_logger("app.http")
# NUL, and halves of characters that are no text in UTF-8.
UNREADABLE = re.compile("[\\0\ud800-\udfff]")
RESPONSE_START = {"http.response.start", "websocket.http.response.start"}


class ProxyMiddleware:
    """Replaces the peer's address and scheme by those that trusted proxies report, and only those."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and is_trusted(client_address(scope)):
            scope = dict(scope)
            forwarded = header(scope, "x-forwarded-for")
            if forwarded:
                scope["client"] = (forwarded_client(client_address(scope), forwarded), 0)
            if scheme := header(scope, "x-forwarded-proto"):
                secure = scheme.rsplit(",", 1)[-1].strip().lower() in {"https", "wss"}
                plain = "ws" if scope["type"] == "websocket" else "http"
                scope["scheme"] = f"{plain}s" if secure else plain
        await self.app(scope, receive, send)


class AccessLogMiddleware:
    """Logs each request without its query string, and answers what nobody else could."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = uuid4().hex
        status: int | None = None

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] in RESPONSE_START:
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            elif message["type"] == "websocket.accept":
                status = 101
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self.app(scope, receive, send_noting)
            except Exception:
                log.exception("unhandled_error")
                if status is not None:
                    raise  # The answer is under way and can only be broken off.
                await _last_resort(scope, receive, send_noting, request_id)
            finally:
                log.info(
                    "request",
                    method=scope.get("method", "WEBSOCKET"),
                    path=scope["path"],
                    status=status,
                    client=client_address(scope),
                    milliseconds=round((time.perf_counter() - started) * 1000, 1),
                )


async def _last_resort(scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1011})
        return
    body = {"detail": "Something went wrong here.", "code": "internal_error", "id": request_id}
    await SecurityHeadersMiddleware(JSONResponse(body, status_code=500))(scope, receive, send)


class SecurityHeadersMiddleware:
    """Gives every answer the headers that keep browsers careful, unless it has its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] in RESPONSE_START:
                headers = MutableHeaders(scope=message)
                headers.setdefault("X-Content-Type-Options", "nosniff")
                headers.setdefault("Referrer-Policy", "same-origin")
                headers.setdefault("Content-Security-Policy", "frame-ancestors 'none'")
                if settings(AppSettings).secure:
                    headers.setdefault("Strict-Transport-Security", "max-age=31536000")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class BadInputError(AppError):
    """The request holds what no part of the app can take."""

    code = "bad_input"
    message = "The request holds characters that cannot be read."


class InputMiddleware:
    """
    Refuses what later parts would stumble over: bodies too large, NUL, lone surrogates, JSON too deep.

    It reads the whole body ahead, so nothing behind it can be kept waiting for bytes or handed too many.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        try:
            _check_head(scope)
            if scope["type"] == "http":
                body = await _read(scope, receive)
                if body is None:
                    return  # The client left before it had said everything.
                _check_body(header(scope, "content-type") or "", body)
                receive = _again(body, receive)
        except AppError as error:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await error_response(error)(scope, receive, send)
            return
        await self.app(scope, receive, send)


async def _read(scope: Scope, receive: Receive) -> bytes | None:
    limit = settings(AppSettings).max_body_bytes
    length = header(scope, "content-length") or ""
    if length.isdecimal() and int(length[:20]) > limit:
        raise TooLargeError
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        body += message.get("body", b"")
        if len(body) > limit:
            raise TooLargeError
        more = message.get("more_body", False)
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    replay: Iterator[Message] = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive_again() -> Message:
        return next(replay, None) or await receive()

    return receive_again


def _check_head(scope: Scope) -> None:
    if any(not value.isascii() for _, value in scope["headers"]):
        raise BadInputError("A header holds characters other than ASCII.")
    if "\0" in scope["path"] or b"\0" in unquote_to_bytes(scope.get("query_string", b"")):
        raise BadInputError


def _check_body(media_type: str, body: bytes) -> None:
    kind = media_type.split(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        if b"\0" in unquote_to_bytes(body):
            raise BadInputError
    elif body and (kind == "application/json" or kind.endswith("+json")):
        _check_json(body)


def _check_json(body: bytes) -> None:
    try:
        waiting: list[Any] = [loads(body)]
    except RecursionError:
        raise BadInputError("The JSON is nested too deeply.") from None
    except ValueError:
        return  # The route says what is wrong with it.
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and UNREADABLE.search(value):
            raise BadInputError
