"""GitHub: OAuth without OpenID Connect, so who somebody is has to be asked of its API."""

from authlib.integrations.httpx_client import AsyncOAuth2Client
from pydantic import BaseModel, SecretStr, TypeAdapter

from app.core.config import settings
from app.models.oauth import OAuthState
from app.services.auth.oauth.errors import UnverifiedEmailError
from app.services.auth.oauth.provider import (
    Answer,
    Identity,
    Provider,
    authorization_url,
    check_issuer,
    fetch_token,
    read,
)
from app.services.auth.oauth.settings import OAuthSettings


class Account(BaseModel):
    """Of `/user`, what is used. The id stays; the login can be given up, and taken by somebody else."""

    id: int
    name: str | None = None


class Address(BaseModel):
    """One of `/user/emails`."""

    email: str
    primary: bool
    verified: bool


ADDRESSES = TypeAdapter(list[Address])


class GitHub(Provider):
    """github.com, or an Enterprise server. It neither signs anybody in anew nor says when it last did."""

    name = "github"
    title = "GitHub"
    # The public profile needs no scope.
    scope = "user:email"

    @property
    def issuer(self) -> str:
        return f"{settings(OAuthSettings).github_oauth_url}/login/oauth"

    @property
    def credentials(self) -> tuple[str, SecretStr]:
        config = settings(OAuthSettings)
        return config.github_oauth_client_id, config.github_oauth_client_secret

    async def address(self, client: AsyncOAuth2Client, flow: OAuthState, state: str) -> str:
        return authorization_url(client, f"{self.issuer}/authorize", flow, state)

    async def identity(self, client: AsyncOAuth2Client, flow: OAuthState, answer: Answer) -> Identity:
        check_issuer(self.issuer, answer)
        await fetch_token(client, f"{self.issuer}/access_token", flow, answer)
        api = f"{settings(OAuthSettings).github_api_url}/user"
        account = Account.model_validate_json(await read(client, api, authorized=True))
        addresses = ADDRESSES.validate_json(await read(client, f"{api}/emails", authorized=True))
        primary = next((one.email for one in addresses if one.primary and one.verified), None)
        if primary is None:
            raise UnverifiedEmailError
        return Identity(self.issuer, str(account.id), primary, account.name or "")
