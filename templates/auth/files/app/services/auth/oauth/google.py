"""Google: OpenID Connect, so who somebody is stands in a token that Google has signed for this app."""

import json

from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.claims import ClaimsOption
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet
from pydantic import BaseModel, SecretStr

from app.core.config import settings
from app.models.oauth import OAuthState
from app.services.auth.oauth.errors import OAuthError, UnverifiedEmailError
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

# Never what the token's header proposes: `none` and HS256 lead nowhere (RFC 8725, 3.1).
ALGORITHMS = ["RS256"]
LEEWAY_SECONDS = 60
# OpenID Connect Core 1.0, 5.5. Google answers this for apps that it has verified and that have switched
# "Session age claims" on, and leaves it out for others. It signs nobody in anew, whatever one asks.
ASKED_CLAIMS = json.dumps({"id_token": {"auth_time": {"essential": True}}})


class Metadata(BaseModel):
    """Of OpenID Connect Discovery 1.0, what is used."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    authorization_response_iss_parameter_supported: bool = False


class Claims(BaseModel):
    """Of an id_token that has been verified, what is used."""

    sub: str
    email: str
    email_verified: bool = False
    name: str = ""
    auth_time: float | None = None


class Google(Provider):
    """accounts.google.com, found by discovery."""

    name = "google"
    title = "Google"
    scope = "openid email profile"

    @property
    def issuer(self) -> str:
        return settings(OAuthSettings).google_issuer

    @property
    def credentials(self) -> tuple[str, SecretStr]:
        config = settings(OAuthSettings)
        return config.google_oauth_client_id, config.google_oauth_client_secret

    async def address(self, client: AsyncOAuth2Client, flow: OAuthState, state: str) -> str:
        metadata = await self._metadata(client)
        endpoint = metadata.authorization_endpoint
        return authorization_url(client, endpoint, flow, state, claims=ASKED_CLAIMS)

    async def identity(self, client: AsyncOAuth2Client, flow: OAuthState, answer: Answer) -> Identity:
        metadata = await self._metadata(client)
        says_issuer = metadata.authorization_response_iss_parameter_supported
        check_issuer(self.issuer, answer, required=says_issuer)
        token = await fetch_token(client, metadata.token_endpoint, flow, answer)
        # Fetched every time: keys rotate, and nothing here would notice.
        keys = KeySet.import_key_set(json.loads(await read(client, metadata.jwks_uri)))
        claims = self._verified(token, keys, flow.nonce)
        if not claims.email_verified:
            raise UnverifiedEmailError
        return Identity(self.issuer, claims.sub, claims.email, claims.name, claims.auth_time)

    def _verified(self, token: dict[str, object], keys: KeySet, nonce: str) -> Claims:
        """Signature, issuer, audience, expiry and nonce: OpenID Connect Core 1.0, 3.1.3.7."""
        signed = jwt.decode(str(token["id_token"]), keys, ALGORITHMS)
        client_id, _ = self.credentials
        options: dict[str, ClaimsOption] = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": client_id},
        }
        # With these the nonce is required, `azp` has to be this app, and `at_hash` has to fit.
        params = {"nonce": nonce, "client_id": client_id, "access_token": token["access_token"]}
        claims = CodeIDToken(signed.claims, signed.header, options, params)
        claims.validate(leeway=LEEWAY_SECONDS)  # type: ignore[no-untyped-call]
        return Claims.model_validate(signed.claims, strict=True)

    async def _metadata(self, client: AsyncOAuth2Client) -> Metadata:
        found = await read(client, f"{self.issuer}/.well-known/openid-configuration")
        metadata = Metadata.model_validate_json(found)
        endpoints = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        scheme = self.issuer.partition("://")[0]
        if metadata.issuer != self.issuer or any(not url.startswith(f"{scheme}://") for url in endpoints):
            raise OAuthError
        return metadata
