"""What is asked of any provider: the authorization code grant of RFC 6749 with PKCE (RFC 7636)."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ClassVar

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc.errors import JoseError
from pydantic import SecretStr

from app.core.config import settings
from app.models.oauth import OAuthState
from app.services.auth.events import log
from app.services.auth.oauth.errors import OAuthError
from app.services.auth.oauth.settings import OAuthSettings

# All that a provider's answer, however odd, makes the libraries raise.
FAILURES = (
    AuthlibBaseError,
    JoseError,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    TimeoutError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody at a provider. Known by issuer and subject alone; the address is verified there."""

    issuer: str
    subject: str
    email: str
    full_name: str
    # When they last showed there who they are, as a time stamp, where the provider says so.
    authenticated_at: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser brings back from the provider: any text, from anybody."""

    state: str
    code: str
    issuer: str | None


class Provider(ABC):
    """One provider; its methods raise OAuthError, or any of FAILURES inside `asking`."""

    name: ClassVar[str]
    title: ClassVar[str]
    scope: ClassVar[str]

    @property
    @abstractmethod
    def issuer(self) -> str:
        """Whose word an identity is."""

    @property
    @abstractmethod
    def credentials(self) -> tuple[str, SecretStr]:
        """Client id and secret of this app there."""

    @property
    def configured(self) -> bool:
        """Whether people may sign in with it."""
        client_id, secret = self.credentials
        return bool(client_id and secret.get_secret_value())

    @abstractmethod
    async def address(self, client: AsyncOAuth2Client, flow: OAuthState, state: str) -> str:
        """Where the browser goes to ask for a code."""

    @abstractmethod
    async def identity(self, client: AsyncOAuth2Client, flow: OAuthState, answer: Answer) -> Identity:
        """Swaps the code and says whose it is."""

    @asynccontextmanager
    async def asking(self, redirect_uri: str) -> AsyncIterator[AsyncOAuth2Client]:
        """A client of the provider, for some seconds in all; it follows no redirect."""
        client_id, secret = self.credentials
        try:
            async with (
                asyncio.timeout(settings(OAuthSettings).oauth_timeout_seconds),
                AsyncOAuth2Client(  # type: ignore[no-untyped-call]
                    client_id,
                    secret.get_secret_value(),
                    "client_secret_post",
                    scope=self.scope,
                    redirect_uri=redirect_uri,
                    code_challenge_method="S256",
                ) as client,
            ):
                yield client
        except FAILURES as error:
            log.warning("oauth_failed", provider=self.name, error=type(error).__name__)
            raise OAuthError from error


def check_issuer(expected: str, answer: Answer, *, required: bool = False) -> None:
    """RFC 9207: refuses what another provider answered, so that none can be played off against another."""
    if answer.issuer != expected and (required or answer.issuer is not None):
        raise OAuthError


def authorization_url(
    client: AsyncOAuth2Client, endpoint: str, flow: OAuthState, state: str, **more: str
) -> str:
    """The endpoint with all that the request has to say."""
    verifier = flow.code_verifier
    url, _ = client.create_authorization_url(  # type: ignore[no-untyped-call]
        endpoint, state, verifier, nonce=flow.nonce, **more
    )
    return str(url)


async def fetch_token(
    client: AsyncOAuth2Client, endpoint: str, flow: OAuthState, answer: Answer
) -> dict[str, object]:
    """What the token endpoint gives for the code; raises one of FAILURES."""
    token = await client.fetch_token(  # type: ignore[no-untyped-call]
        endpoint, grant_type="authorization_code", code=answer.code, code_verifier=flow.code_verifier
    )
    return dict(token)


async def read(client: AsyncOAuth2Client, url: str, *, authorized: bool = False) -> bytes:
    """What stands at an address of the provider; with the token only where that is asked for."""
    headers = {"Accept": "application/json"}
    answer: httpx2.Response = await client.request(  # type: ignore[no-untyped-call]
        "GET", url, withhold_token=not authorized, headers=headers
    )
    return answer.raise_for_status().content
