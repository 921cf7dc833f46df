"""The routes of signing in by way of a provider. What they decide is decided in `app.services.auth.oauth`."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from app.components.backend.api.auth.csrf import is_begun_elsewhere
from app.components.backend.api.auth.deps import Cookies, CurrentClient, CurrentPrincipal, no_store
from app.components.backend.api.auth.schemas import Problem
from app.core.db import SessionDep
from app.core.network import own_origin
from app.services.auth import cookies, identify
from app.services.auth.errors import TooManyAttemptsError
from app.services.auth.oauth import accounts, flow
from app.services.auth.oauth.accounts import Connection
from app.services.auth.oauth.errors import OAuthError
from app.services.auth.oauth.flow import Browser
from app.services.auth.oauth.provider import Answer, Provider
from app.services.auth.oauth.providers import the_provider, usable_provider
from app.services.auth.session_service import held_session, open_session

To = Annotated[str, Query(alias="next")]
Usable = Annotated[Provider, Depends(usable_provider)]
Known = Annotated[Provider, Depends(the_provider)]
Text = Annotated[str, Query()]


class Onward(BaseModel):
    """Where to send the browser to; it has to be the one that asked."""

    authorization_url: str


def _answers(*statuses: int, otherwise: str | None = None) -> dict[int | str, dict[str, Any]]:
    problems: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in statuses}
    return problems | ({303: {"description": otherwise}} if otherwise else {})


oauth_router = APIRouter(
    prefix="/api/v1/auth/oauth",
    tags=["auth"],
    dependencies=[Depends(no_store)],
    responses=_answers(400, 413),
)


async def _browser(session: SessionDep, client: CurrentClient, jar: Cookies) -> Browser:
    """The browser, with a fresh nonce where it has none; `_keep_nonce` then gives it that."""
    nonce = cookies.read(jar, "nonce") or cookies.new_nonce()
    return Browser(nonce, client, await identify(session, jar))


Visitor = Annotated[Browser, Depends(_browser)]


@oauth_router.get(
    "/{name}/start",
    status_code=302,
    response_model=None,
    responses=_answers(404, 422, 429, 503, otherwise="On to the sign-in page"),
)
async def start(
    request: Request, provider: Usable, session: SessionDep, browser: Visitor, to: To = ""
) -> Response:
    """
    Send the browser to the provider to sign in.

    Only a page of ours, or the person themselves, begins that: what another site's link, image or frame began
    ends on the sign-in page, where it takes a click (ASVS 7.6.2).
    """
    if is_begun_elsewhere(request.scope):
        return _redirect(flow.entrance(to), 303)
    try:
        url = await flow.begin(session, provider, browser, to, own_origin(request.scope))
    except OAuthError as error:
        return _redirect(flow.refused(error, to), 303)
    except TooManyAttemptsError as error:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        return _redirect(flow.refused(OAuthError(), to), 303, error.headers)
    answer = _redirect(url, 302)
    _keep_nonce(answer, browser)
    return answer


@oauth_router.get("/{name}/callback", status_code=303, response_model=None, responses=_answers(404, 422, 503))
async def callback(
    provider: Usable,
    session: SessionDep,
    browser: Visitor,
    jar: Cookies,
    state: Text = "",
    code: Text = "",
    iss: Text | None = None,
) -> Response:
    """Take the provider's answer, sign in and go on to `next`; else the sign-in page says why not."""
    landing = await flow.finish(session, provider, browser, Answer(state, code, iss))
    answer = _redirect(landing.path, 303)
    if landing.sign_in:
        replaced = await held_session(session, jar)
        issued = await open_session(session, landing.sign_in, browser.client, replaced)
        for value in cookies.signed_in_cookies(issued):
            answer.headers.append("Set-Cookie", value)
    return answer


@oauth_router.post("/{name}/connect", responses=_answers(400, 401, 403, 404, 422, 429, 503))
async def connect(
    request: Request,
    response: Response,
    principal: CurrentPrincipal,
    provider: Usable,
    session: SessionDep,
    browser: Visitor,
) -> Onward:
    """Begin to connect an account there. Unsafe, so that no other site can begin it (see CsrfMiddleware)."""
    url = await flow.begin_connecting(session, provider, browser, principal, own_origin(request.scope))
    _keep_nonce(response, browser)
    return Onward(authorization_url=url)


@oauth_router.get("/connections", responses=_answers(401))
async def connections(principal: CurrentPrincipal, session: SessionDep) -> list[Connection]:
    """The accounts elsewhere that open one's own."""
    return await accounts.connections(session, principal.user_id)


@oauth_router.delete("/connections/{name}", status_code=204, responses=_answers(401, 403, 404, 409, 422))
async def disconnect(
    principal: CurrentPrincipal, provider: Known, session: SessionDep, client: CurrentClient
) -> None:
    """Take one off; the last way to sign in stays."""
    await accounts.disconnect(session, principal, provider, client)


def _redirect(url: str, status: int, headers: dict[str, str] | None = None) -> Response:
    return RedirectResponse(url, status, {"Cache-Control": "no-store", **(headers or {})})


def _keep_nonce(response: Response, browser: Browser) -> None:
    response.headers.append("Set-Cookie", cookies.nonce_cookie(browser.nonce))
