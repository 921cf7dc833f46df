"""The short addresses: the four that a quick start types answer directly, all others point the way."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse

from app.components.backend.api.auth import router as long
from app.components.backend.api.auth.deps import no_store
from app.core.errors import MethodNotAllowedError

auth_short_router = APIRouter(prefix="/auth", include_in_schema=False, dependencies=[Depends(no_store)])
_DIRECT = {"register": "POST", "token": "POST", "login": "POST", "me": "GET, PATCH"}

auth_short_router.add_api_route("/register", long.register, methods=["POST"], status_code=201)
auth_short_router.add_api_route("/token", long.token, methods=["POST"])
auth_short_router.add_api_route("/login", long.login, methods=["POST"])
auth_short_router.add_api_route("/me", long.read_me, methods=["GET"])
auth_short_router.add_api_route("/me", long.change_me, methods=["PATCH"])


@auth_short_router.api_route(
    "/{rest:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
)
async def point_to_long_form(rest: str, request: Request) -> RedirectResponse:
    """308 keeps method and body, and the long address is the one the refresh cookie is sent to."""
    if rest in _DIRECT:
        raise MethodNotAllowedError(headers={"Allow": _DIRECT[rest]})
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/api/v1/auth/{quote(rest)}{query}", status_code=308)
