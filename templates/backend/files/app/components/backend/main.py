"""Puts the app together from the parts that are listed."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response

from app.components.backend.guard import Guard
from app.components.backend.health import health_router
from app.components.backend.middleware import (
    AccessLogMiddleware,
    InputMiddleware,
    ProxyMiddleware,
    SecurityHeadersMiddleware,
)
from app.components.backend.parts import LIFESPANS, MIDDLEWARE, MOUNTS, RESERVED, ROUTERS
from app.core.config import AppSettings, settings
from app.core.errors import AppError, error_response
from app.core.project import DESCRIPTION, NAME

CODES = {401: "unauthorized", 403: "forbidden", 404: "not_found", 405: "method_not_allowed"}


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Start every part in the listed order and stop them in reverse, also when one fails to start."""
    async with AsyncExitStack() as stack:
        for part in LIFESPANS:
            await stack.enter_async_context(part(app))
        yield


def create_app() -> FastAPI:
    """A new app; settings are read when it starts and with each request, never on import."""
    hidden = settings(AppSettings).production
    app = FastAPI(
        title=NAME,
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None if hidden else "/docs",
        openapi_url=None if hidden else "/openapi.json",
        redoc_url=None,
        middleware=[
            Middleware(ProxyMiddleware),
            Middleware(AccessLogMiddleware),
            Middleware(SecurityHeadersMiddleware),
            Middleware(InputMiddleware),
            *(Middleware(part) for part in MIDDLEWARE),
        ],
    )
    app.exception_handler(AppError)(_answer_app_error)
    app.exception_handler(HTTPException)(_answer_http_exception)
    app.exception_handler(RequestValidationError)(_answer_invalid_request)
    for router in (health_router, *ROUTERS):
        app.include_router(router)
    # Last, because it takes every address.
    app.mount("/", Guard(next(iter(MOUNTS), None), tuple(app.routes), RESERVED))
    return app


async def _answer_app_error(_request: Request, error: AppError) -> Response:
    return error_response(error)


async def _answer_http_exception(_request: Request, error: HTTPException) -> Response:
    body = {"detail": error.detail, "code": CODES.get(error.status_code, "http_error")}
    return JSONResponse(body, status_code=error.status_code, headers=error.headers)


async def _answer_invalid_request(_request: Request, error: RequestValidationError) -> Response:
    # The input is left out: it may be a password, or text that no answer can hold.
    detail = [{key: item[key] for key in ("loc", "msg", "type")} for item in error.errors()]
    return JSONResponse({"detail": detail, "code": "invalid_request"}, status_code=422)
