"""Stands ahead of the page, which would answer everything: what belongs to the API is answered as the API."""

from collections.abc import Sequence

from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.errors import MethodNotAllowedError, NotFoundError, error_response

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Guard:
    """Answers 405 for a route's wrong method and 404 below a reserved prefix; the rest is the page's."""

    def __init__(self, page: ASGIApp | None, routes: Sequence[BaseRoute], reserved: Sequence[str]) -> None:
        self.page = page
        self.routes = routes
        self.reserved = reserved

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            allowed = self._methods(scope)
            if allowed:
                error = MethodNotAllowedError(headers={"Allow": ", ".join(allowed)})
                await error_response(error)(scope, receive, send)
                return
            if self.page is None or self._is_reserved(scope["path"]):
                await error_response(NotFoundError())(scope, receive, send)
                return
        elif self.page is None or self._is_reserved(scope["path"]):
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.page(scope, receive, send)

    def _methods(self, scope: Scope) -> list[str]:
        # One address can have several routes, so the first one's methods would not be the answer.
        return [
            method
            for method in METHODS
            if any(route.matches({**scope, "method": method})[0] is Match.FULL for route in self.routes)
        ]

    def _is_reserved(self, path: str) -> bool:
        return any(path == prefix or path.startswith(f"{prefix}/") for prefix in self.reserved)
