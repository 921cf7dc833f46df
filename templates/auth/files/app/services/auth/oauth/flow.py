"""
The way to a provider and back.

State, PKCE verifier and nonce are one row here, which the first answer deletes; the browser holds nothing but
its own nonce cookie, and the row a keyed hash of that, so an answer is good in the browser that asked, once,
for ten minutes (RFC 9700, 2.1 and 4.7; ASVS 5.0 10.1.2, 10.2.1).
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy import delete
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from app.core.config import settings
from app.core.security import fingerprint
from app.models.base import utc_now
from app.models.oauth import OAuthState
from app.services.auth import events, limits
from app.services.auth.auth_service import safe_next
from app.services.auth.oauth import accounts
from app.services.auth.oauth.errors import OAuthError
from app.services.auth.oauth.provider import Answer, Identity, Provider
from app.services.auth.oauth.settings import OAuthSettings
from app.services.auth.principal import Client, Principal, SignIn
from app.services.auth.session_service import principal_of

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Browser:
    """The browser that goes and comes back: its nonce cookie, and who is signed in on it."""

    nonce: str
    client: Client
    visitor: Principal | None = None


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the browser goes on to, and the proof that lets it in, if anything does."""

    path: str
    sign_in: SignIn | None = None


def redirect_uri(provider: Provider, origin: str) -> str:
    """Where the provider sends the browser back to: an address of its own for each of them."""
    return f"{origin}/api/v1/auth/oauth/{provider.name}/callback"


def entrance(next_path: str | None) -> str:
    """Where a person chooses how to sign in."""
    return f"/login?{urlencode({'next': safe_next(next_path)})}"


def refused(error: OAuthError, next_path: str | None) -> str:
    """Where a browser starts over whose sign-in came to nothing."""
    return f"/login?{urlencode({'error': error.code, 'next': safe_next(next_path)})}"


async def begin(
    session: AsyncSession, provider: Provider, browser: Browser, to: str | None, origin: str
) -> str:
    """The address to send the browser to for signing in; raises OAuthError or TooManyAttemptsError."""
    return await _begin(session, provider, browser, to, origin, owner=None)


async def begin_connecting(
    session: AsyncSession, provider: Provider, browser: Browser, principal: Principal, origin: str
) -> str:
    """
    The address to send the browser to for connecting an account to one's own. Needs a recent sign-in.

    Never to be reached by GET: another site could begin it, and have its own account connected.
    """
    principal.require_recent()
    return await _begin(session, provider, browser, "/account", origin, owner=principal)


async def finish(session: AsyncSession, provider: Provider, browser: Browser, answer: Answer) -> Landing:
    """
    What comes of the provider's answer. Never raises OAuthError: there is a person to tell.

    A sign-in is not committed: its account stays held until the caller has opened the session.
    """
    flow = await _take(session, answer.state)
    try:
        if flow is None or not answer.code or not _belongs(flow, provider, browser):
            raise OAuthError
        async with provider.asking(flow.redirect_uri) as client:
            identity = await provider.identity(client, flow, answer)
        return await _settle(session, flow, identity, browser)
    except OAuthError as error:
        await session.rollback()
        if flow is None:
            # Not on record: anybody can send such answers, as many as they like.
            return Landing(refused(error, None))
        events.record(session, "sign_in_failed", browser.client, None)
        await session.commit()
        if flow.session_id:
            return Landing(f"{flow.next_path}?{urlencode({'error': error.code})}")
        return Landing(refused(error, flow.next_path))


async def _begin(
    session: AsyncSession,
    provider: Provider,
    browser: Browser,
    to: str | None,
    origin: str,
    *,
    owner: Principal | None,
) -> str:
    # Not the limit of passwords: any site can make a browser ask for this address.
    await limits.admit(session, limits.provider_starts(browser.client))
    state = secrets.token_urlsafe(32)
    flow = OAuthState(
        state_hash=fingerprint(state),
        browser_hash=_seal(browser.nonce),
        provider=provider.name,
        code_verifier=secrets.token_urlsafe(48),
        nonce=secrets.token_urlsafe(32),
        redirect_uri=redirect_uri(provider, origin),
        next_path=safe_next(to),
        session_id=owner.sid if owner else None,
        expires_at=utc_now() + LIFETIME,
    )
    async with provider.asking(flow.redirect_uri) as client:
        url = await provider.address(client, flow, state)
    session.add(flow)
    await session.commit()
    return url


async def _take(session: AsyncSession, state: str) -> OAuthState | None:
    """The row of that state, which is gone from now on: of several answers at once, one gets it."""
    taken = await session.exec(
        delete(OAuthState)
        .where(col(OAuthState.state_hash) == fingerprint(state))
        .returning(OAuthState)
        .execution_options(synchronize_session=False)
    )
    flow = taken.scalar_one_or_none()
    if flow:
        session.expunge(flow)
    # Also lets go of the connection, before a provider is waited for.
    await session.commit()
    return flow


def _belongs(flow: OAuthState, provider: Provider, browser: Browser) -> bool:
    same_browser = hmac.compare_digest(flow.browser_hash, _seal(browser.nonce))
    return same_browser and flow.provider == provider.name and flow.expires_at > utc_now()


async def _settle(session: AsyncSession, flow: OAuthState, identity: Identity, browser: Browser) -> Landing:
    if flow.session_id is None:
        user_id = await accounts.sign_in(session, identity, browser.client, browser.visitor)
        return Landing(flow.next_path, SignIn(user_id, is_fresh=_is_fresh(flow, identity)))
    # They may have signed out while they were away.
    principal = await principal_of(session, flow.session_id)
    if principal is None:
        raise OAuthError
    await accounts.connect(session, identity, principal, browser.client)
    return Landing(flow.next_path)


def _is_fresh(flow: OAuthState, identity: Identity) -> bool:
    """
    Whether the provider says that the person signed in there after they left here (ASVS 6.8.4).

    Else it may have let them through by a session of last week; one that says nothing is taken to have.
    """
    left_at = (flow.expires_at - LIFETIME).timestamp()
    return identity.authenticated_at is not None and identity.authenticated_at >= left_at


def _seal(nonce: str) -> str:
    key = settings(OAuthSettings).oauth_session_secret.get_secret_value()
    return hmac.digest(key.encode(), nonce.encode("utf-8", "surrogatepass"), "sha256").hex()
