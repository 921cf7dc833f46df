"""
What routes ask for: who is there, and from where. `principal: CurrentPrincipal` protects a route.

All of it is `async`, also where nothing is awaited: FastAPI takes any other function to a thread and back.
"""

from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.security import OAuth2PasswordBearer

from app.components.backend.api.auth.csrf import SAFE_METHODS
from app.core.db import SessionDep
from app.core.network import client_address
from app.services.auth import cookies
from app.services.auth.errors import InvalidTokenError, NotSignedInError
from app.services.auth.principal import Client, Principal
from app.services.auth.session_service import verify_token

# For the OpenAPI document and its "Authorize" button; `bearer_token` does the reading.
_scheme = OAuth2PasswordBearer(tokenUrl="/api/v1/auth/token", auto_error=False)
Documented = Annotated[str | None, Depends(_scheme)]


async def request_cookies(request: Request) -> dict[str, str]:
    """The cookies, read the same way for HTTP and for pages."""
    return cookies.parse(request.headers.getlist("cookie"))


Cookies = Annotated[dict[str, str], Depends(request_cookies)]


def bearer_token(request: Request) -> str | None:
    """The token of the Authorization header; None without the header."""
    values = request.headers.getlist("authorization")
    if not values:
        return None
    scheme, _, token = values[0].partition(" ")
    if len(values) > 1 or scheme.lower() != "bearer" or not token.strip():
        raise InvalidTokenError
    return token.strip()


async def current_principal(request: Request, session: SessionDep, jar: Cookies, _: Documented) -> Principal:
    """
    The person signed in, or whose API key it is. With an Authorization header it alone decides, never a
    cookie after it.

    An API key needs the scope `read` where the method changes nothing, else `write`.
    """
    bearer = bearer_token(request)
    token = bearer or cookies.read(jar, "session")
    if token is None:
        raise NotSignedInError
    principal = await verify_token(session, token)
    if principal.api_key_id and not bearer:
        raise InvalidTokenError
    principal.require_scope("read" if request.method in SAFE_METHODS else "write")
    return principal


CurrentPrincipal = Annotated[Principal, Depends(current_principal)]


async def request_client(request: Request, jar: Cookies) -> Client:
    """The other end, as far as it can be believed."""
    agent = request.headers.get("user-agent", "")
    return Client(client_address(request.scope), agent, cookies.read(jar, "device"))


CurrentClient = Annotated[Client, Depends(request_client)]


async def no_store(response: Response) -> None:
    """Nothing here is for a cache to keep."""
    response.headers["Cache-Control"] = "no-store"
