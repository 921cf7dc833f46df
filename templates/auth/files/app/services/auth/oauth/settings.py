"""Which providers people may sign in with. One without client id and secret is not offered."""

from typing import Annotated, ClassVar

from pydantic import Field, SecretStr, field_validator

from app.core.config import SHORTEST_SECRET, ModuleSettings

ADDRESSES = ("github_oauth_url", "github_api_url", "google_issuer")


class OAuthSettings(ModuleSettings):
    """The credentials of this app at each provider, and where the providers are."""

    required_secrets: ClassVar[tuple[str, ...]] = ("oauth_session_secret",)

    github_oauth_client_id: str = ""
    github_oauth_client_secret: SecretStr = SecretStr("")
    github_oauth_url: str = "https://github.com"
    github_api_url: str = "https://api.github.com"
    google_oauth_client_id: str = ""
    google_oauth_client_secret: SecretStr = SecretStr("")
    google_issuer: str = "https://accounts.google.com"
    oauth_session_secret: SecretStr = Field(default=SecretStr(""), validate_default=True)
    oauth_timeout_seconds: Annotated[int, Field(gt=0, le=30)] = 5

    @field_validator("oauth_session_secret")
    @classmethod
    def _is_long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"is missing, or shorter than {SHORTEST_SECRET} characters")
        return value

    @field_validator(*ADDRESSES)
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("must begin with https://")
        return value.rstrip("/")

    def production_problems(self) -> list[str]:
        # Over http anybody on the way could answer in the provider's place.
        unsafe = [name for name in ADDRESSES if not getattr(self, name).startswith("https://")]
        pairs = ("github_oauth_client", "google_oauth_client")
        halves = [name for name in pairs if getattr(self, f"{name}_id") and not self._secret(name)]
        return [
            *super().production_problems(),
            *(f"{name.upper()} must begin with https://" for name in unsafe),
            *(f"{name.upper()}_SECRET is missing" for name in halves),
        ]

    def _secret(self, name: str) -> str:
        value: SecretStr = getattr(self, f"{name}_secret")
        return value.get_secret_value()
