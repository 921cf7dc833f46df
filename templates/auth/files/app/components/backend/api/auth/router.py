"""The routes of sign-in. What they decide is decided in `app.services.auth`."""

from contextlib import suppress
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.security import OAuth2PasswordRequestForm

from app.components.backend.api.auth import deps, schemas
from app.components.backend.api.auth.account import delete_me
from app.components.backend.api.auth.deps import Cookies, CurrentClient, CurrentPrincipal, no_store
from app.components.backend.api.auth.schemas import problems
from app.components.backend.guard import METHODS
from app.core.config import settings
from app.core.db import SessionDep
from app.core.errors import MethodNotAllowedError, error_response
from app.core.security import SecuritySettings, SessionRef
from app.models.user import User
from app.services.auth import auth_service, cookies, errors, session_service, user_service
from app.services.auth.refresh_service import rotate
from app.services.auth.session_service import SessionInfo, held_session, open_session
from app.services.auth.settings import AuthSettings

Form = Annotated[OAuth2PasswordRequestForm, Depends()]
To = Annotated[str, Query(alias="next")]

auth_router = APIRouter(
    prefix="/api/v1/auth", tags=["auth"], dependencies=[Depends(no_store)], responses=problems(400, 413)
)


@auth_router.post("/register", status_code=201, responses=problems(403, 409, 422, 429, 503))
async def register(
    body: schemas.Registration, response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> schemas.UserOut:
    """Make an account and sign in to it; a session this browser already had ends."""
    sign_in = await auth_service.register(session, **body.model_dump(), client=client)
    replaced = await held_session(session, jar)
    _set_cookies(response, await open_session(session, sign_in, client, replaced))
    return schemas.UserOut.model_validate(await session.get_one(User, sign_in.user_id))


@auth_router.post("/token", responses=problems(401, 403, 422, 429, 503))
async def token(
    form: Form, request: Request, response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> schemas.TokenOut:
    """
    Sign in with the OAuth2 password form, for programs; they may hold many tokens at once.

    A session whose cookies came along ends, unless the program names itself by Authorization: then the
    cookies mean nothing.
    """
    if not settings(AuthSettings).password_grant_enabled:
        raise errors.UnsupportedGrantError
    sign_in = await auth_service.sign_in(session, email=form.username, password=form.password, client=client)
    replaced = None if "authorization" in request.headers else await held_session(session, jar)
    return _set_cookies(response, await open_session(session, sign_in, client, replaced))


@auth_router.post("/login", responses=problems(401, 403, 422, 429, 503))
async def login(
    body: schemas.Credentials, response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> schemas.TokenOut:
    """Sign in with JSON; a session this browser already had ends."""
    sign_in = await auth_service.sign_in(session, **body.model_dump(), client=client)
    replaced = await held_session(session, jar)
    return _set_cookies(response, await open_session(session, sign_in, client, replaced))


@auth_router.get("/session", status_code=303, response_model=None, responses=problems(401, 422))
async def swap_ticket(
    request: Request, session: SessionDep, client: CurrentClient, jar: Cookies, ticket: str = "", to: To = ""
) -> Response:
    """Swap a page's ticket for cookies and go on to `next`."""
    answer = RedirectResponse(auth_service.safe_next(to), status_code=303)
    try:
        sign_in = await auth_service.take_ticket(session, ticket, cookies.read(jar, "nonce"))
        replaced = await held_session(session, jar)
        _set_cookies(answer, await open_session(session, sign_in, client, replaced))
    except errors.UnauthorizedError:
        if "text/html" not in request.headers.get("accept", ""):
            raise errors.InvalidTicketError from None
        answer = RedirectResponse(auth_service.login_url(to), status_code=303)
    await no_store(answer)
    return answer


@auth_router.post("/refresh", response_model=schemas.RefreshOut, responses=problems(401, 403))
async def refresh(
    response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> schemas.RefreshOut | Response:
    """Rotate the refresh cookie; both cookies are new afterwards."""
    try:
        if (refresh_token := cookies.read(jar, "refresh")) is None:
            raise errors.NotSignedInError
        issued = await rotate(session, refresh_token, client)
    except errors.UnauthorizedError as error:
        await session.rollback()
        answer = error_response(error)
        await no_store(answer)
        _clear_cookies(answer)
        return answer
    return schemas.RefreshOut(expires_in=_set_cookies(response, issued).expires_in)


@auth_router.post("/logout", status_code=204, responses=problems(403))
async def logout(
    request: Request, response: Response, session: SessionDep, client: CurrentClient, jar: Cookies
) -> None:
    """End this session. Always succeeds; the refresh cookie alone is enough."""
    ref: SessionRef | None = None
    with suppress(errors.InvalidTokenError):
        if bearer := deps.bearer_token(request):
            ref = await session_service.verify_token(session, bearer)
        else:
            ref = await held_session(session, jar)
    if ref:
        await session_service.sign_out(session, ref, client)
    _clear_cookies(response)


@auth_router.get("/me", responses=problems(401))
async def read_me(principal: CurrentPrincipal) -> schemas.UserOut:
    """The person signed in, as the statement found them that let them in."""
    return schemas.UserOut(
        id=principal.user_id,
        email=principal.email,
        email_verified_at=principal.email_verified_at,
        full_name=principal.full_name,
        # Nobody else is let in.
        is_active=True,
        created_at=principal.registered_at,
    )


@auth_router.patch("/me", responses=problems(401, 403, 422))
async def change_me(
    body: schemas.Profile, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> schemas.UserOut:
    """Change one's name."""
    user = await user_service.rename(session, principal.user_id, body.full_name, client)
    return schemas.UserOut.model_validate(user)


@auth_router.get("/sessions", responses=problems(401, 403))
async def list_sessions(principal: CurrentPrincipal, session: SessionDep) -> list[SessionInfo]:
    """The devices one is signed in on."""
    return await session_service.list_sessions(session, principal)


@auth_router.delete("/sessions", status_code=204, responses=problems(401, 403))
async def end_all_sessions(
    response: Response, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> None:
    """Sign out everywhere, here too."""
    principal.require_recent()
    await session_service.end_all_sessions(session, principal.user_id, client)
    _clear_cookies(response)


@auth_router.delete("/sessions/{sid}", status_code=204, responses=problems(401, 403, 404, 422))
async def end_session(
    sid: str, response: Response, principal: CurrentPrincipal, session: SessionDep, client: CurrentClient
) -> None:
    """Sign out one device."""
    try:
        ending = UUID(sid)
    except ValueError:
        raise errors.SessionNotFoundError from None
    await session_service.end_session(session, principal, ending, client)
    if ending == principal.sid:
        _clear_cookies(response)


def _set_cookies(response: Response, issued: cookies.Issued) -> schemas.TokenOut:
    for value in cookies.signed_in_cookies(issued):
        response.headers.append("Set-Cookie", value)
    lifetime = settings(SecuritySettings).access_token_expire_minutes * 60
    return schemas.TokenOut(access_token=issued.access_token, expires_in=lifetime)


def _clear_cookies(response: Response) -> None:
    for value in cookies.signed_out_cookies():
        response.headers.append("Set-Cookie", value)


# The short addresses: the four that a quick start types answer directly, all others point the way.
auth_short_router = APIRouter(prefix="/auth", include_in_schema=False, dependencies=[Depends(no_store)])
DIRECT = {"register": "POST", "token": "POST", "login": "POST", "me": "GET, PATCH, DELETE"}
auth_short_router.add_api_route("/register", register, methods=["POST"], status_code=201)
auth_short_router.add_api_route("/token", token, methods=["POST"])
auth_short_router.add_api_route("/login", login, methods=["POST"])
auth_short_router.add_api_route("/me", read_me, methods=["GET"])
auth_short_router.add_api_route("/me", change_me, methods=["PATCH"])
auth_short_router.add_api_route("/me", delete_me, methods=["DELETE"], status_code=204)


@auth_short_router.api_route("/{rest:path}", methods=list(METHODS))
async def point_to_long_form(rest: str, request: Request) -> RedirectResponse:
    """308 keeps method and body, and the long address is the one that the refresh cookie is sent to."""
    if rest in DIRECT:
        raise MethodNotAllowedError(headers={"Allow": DIRECT[rest]})
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{auth_router.prefix}/{quote(rest)}{query}", status_code=308)
