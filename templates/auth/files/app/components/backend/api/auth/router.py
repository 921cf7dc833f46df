"""The routes of sign-in. What they decide is decided in `app.services.auth`."""

from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.security import OAuth2PasswordRequestForm
from sqlmodel.ext.asyncio.session import AsyncSession

from app.components.backend.api.auth.deps import (
    Cookies,
    CurrentClient,
    CurrentPrincipal,
    bearer_token,
    no_store,
)
from app.components.backend.api.auth.schemas import (
    Credentials,
    Problem,
    Profile,
    RefreshOut,
    Registration,
    SessionOut,
    TokenOut,
    UserOut,
)
from app.core.config import settings
from app.core.db import SessionDep
from app.core.errors import error_response
from app.core.security import SecuritySettings, SessionRef
from app.services.auth import auth_service, cookies, refresh_service, sessions, user_service
from app.services.auth.client import Client
from app.services.auth.errors import (
    InvalidTicketError,
    InvalidTokenError,
    NotSignedInError,
    SessionNotFoundError,
    UnauthorizedError,
    UnsupportedGrantError,
)
from app.services.auth.identity import held_session, verify_token
from app.services.auth.principal import Principal
from app.services.auth.settings import AuthSettings
from app.services.auth.ticket_service import login_url, safe_next, take_ticket


def _problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": Problem} for status in statuses}


auth_router = APIRouter(
    prefix="/api/v1/auth",
    tags=["auth"],
    dependencies=[Depends(no_store)],
    responses=_problems(400, 413),
)


@auth_router.post("/register", status_code=201, responses=_problems(403, 409, 422, 429, 503))
async def register(
    body: Registration, response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> UserOut:
    """Make an account and sign in to it."""
    sign_in = await auth_service.register(
        session, email=body.email, password=body.password, full_name=body.full_name, client=client
    )
    await _begin(response, session, sign_in, client, jar)
    return UserOut.model_validate(await user_service.get_user(session, sign_in.user_id))


@auth_router.post("/token", responses=_problems(400, 401, 403, 422, 429, 503))
async def token(
    form: Annotated[OAuth2PasswordRequestForm, Depends()],
    response: Response,
    session: SessionDep,
    client: CurrentClient,
) -> TokenOut:
    """Sign in with the OAuth2 password form, for programs."""
    if not settings(AuthSettings).password_grant_enabled:
        raise UnsupportedGrantError
    sign_in = await auth_service.sign_in(session, email=form.username, password=form.password, client=client)
    return await _begin(response, session, sign_in, client, {})


@auth_router.post("/login", responses=_problems(401, 403, 422, 429, 503))
async def login(
    body: Credentials, response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> TokenOut:
    """Sign in with JSON; a session this browser already had ends."""
    sign_in = await auth_service.sign_in(session, email=body.email, password=body.password, client=client)
    return await _begin(response, session, sign_in, client, jar)


@auth_router.get("/session", status_code=303, response_model=None, responses=_problems(401))
async def swap_ticket(
    request: Request,
    session: SessionDep,
    client: CurrentClient,
    jar: Cookies,
    ticket: str = "",
    next_path: Annotated[str | None, Query(alias="next")] = None,
) -> Response:
    """Swap a page's ticket for cookies and go on to `next`."""
    answer = RedirectResponse(safe_next(next_path), status_code=303)
    try:
        sign_in = await take_ticket(session, ticket, cookies.read(jar, "nonce"))
        await _begin(answer, session, sign_in, client, jar)
    except UnauthorizedError:
        if "text/html" not in request.headers.get("accept", ""):
            raise InvalidTicketError from None
        answer = RedirectResponse(login_url(next_path), status_code=303)
    no_store(answer)
    return answer


@auth_router.post("/refresh", response_model=RefreshOut, responses=_problems(401, 403))
async def refresh(
    response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> RefreshOut | Response:
    """Rotate the refresh cookie; both cookies are new afterwards."""
    refresh_token = cookies.read(jar, "refresh")
    try:
        if refresh_token is None:
            raise NotSignedInError
        issued = await refresh_service.rotate(session, refresh_token, client)
    except UnauthorizedError as error:
        await session.rollback()
        answer = error_response(error)
        no_store(answer)
        _add_cookies(answer, cookies.signed_out_cookies())
        return answer
    _add_cookies(response, cookies.signed_in_cookies(issued))
    return RefreshOut(expires_in=_expires_in())


@auth_router.post("/logout", status_code=204, responses=_problems(403))
async def logout(
    request: Request, response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> None:
    """End this session. Always succeeds; the refresh cookie alone is enough."""
    held: Principal | SessionRef | None = None
    if "authorization" in request.headers:
        with suppress(InvalidTokenError):
            held = await verify_token(session, bearer_token(request) or "")
    else:
        held = await held_session(session, jar)
    if held:
        await sessions.sign_out(session, held, client)
    _add_cookies(response, cookies.signed_out_cookies())


@auth_router.get("/me", responses=_problems(401))
async def read_me(principal: CurrentPrincipal, session: SessionDep) -> UserOut:
    """The person signed in."""
    return UserOut.model_validate(await user_service.get_user(session, principal.user_id))


@auth_router.patch("/me", responses=_problems(401, 403, 422))
async def change_me(
    body: Profile, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> UserOut:
    """Change one's name."""
    await user_service.rename(session, principal.user_id, body.full_name, client)
    return UserOut.model_validate(await user_service.get_user(session, principal.user_id))


@auth_router.get("/sessions", responses=_problems(401))
async def list_sessions(principal: CurrentPrincipal, session: SessionDep) -> list[SessionOut]:
    """The devices one is signed in on."""
    return [SessionOut.model_validate(info) for info in await sessions.list_sessions(session, principal)]


@auth_router.delete("/sessions", status_code=204, responses=_problems(401, 403))
async def end_all_sessions(
    response: Response, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> None:
    """Sign out everywhere, here too."""
    principal.require_recent()
    await sessions.end_all_sessions(session, principal.user_id, client)
    _add_cookies(response, cookies.signed_out_cookies())


@auth_router.delete("/sessions/{sid}", status_code=204, responses=_problems(401, 403, 404))
async def end_session(
    sid: str,
    response: Response,
    principal: CurrentPrincipal,
    session: SessionDep,
    client: CurrentClient,
) -> None:
    """Sign out one device."""
    try:
        ending = UUID(sid)
    except ValueError:
        raise SessionNotFoundError from None
    await sessions.end_session(session, principal, ending, client)
    if ending == principal.sid:
        _add_cookies(response, cookies.signed_out_cookies())


async def _begin(
    response: Response,
    session: AsyncSession,
    sign_in: sessions.SignIn,
    client: Client,
    jar: dict[str, str],
) -> TokenOut:
    held = await held_session(session, jar)
    issued = await sessions.open_session(session, sign_in, client, held.sid if held else None)
    _add_cookies(response, cookies.signed_in_cookies(issued))
    return TokenOut(access_token=issued.access_token, expires_in=_expires_in())


def _expires_in() -> int:
    return settings(SecuritySettings).access_token_expire_minutes * 60


def _add_cookies(response: Response, values: list[str]) -> None:
    for value in values:
        response.headers.append("Set-Cookie", value)
