"""Settings: every part declares its own class; this is the one way any of them is read."""

import os
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeVar, cast
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

ROOT = Path(__file__).resolve().parents[2]
# Tests must mean the same on every machine, whatever its .env says.
ENV_FILE = None if os.environ.get("APP_ENV") == "test" else ROOT / ".env"
SHORTEST_SECRET = 32
PLACEHOLDERS = ("your-", "change", "replace", "secret-key", "example", "password")


class ConfigError(Exception):
    """The project cannot run as it is set up; the message is one sentence for whoever can mend it."""


def _from_files(settings_cls: type[BaseSettings]) -> dict[str, str]:
    """The content of the file that `X_FILE` names is `X`: so containers are handed their secrets."""
    values: dict[str, str] = {}
    for name in settings_cls.model_fields:
        variable = f"{name.upper()}_FILE"
        if path := os.environ.get(variable):
            try:
                values[name] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise ConfigError(f"{variable} names a file that cannot be read: {path}") from error
    return values


class ModuleSettings(BaseSettings):
    """What one part can be told from outside: field `foo_bar` is the variable `FOO_BAR`."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True)

    # Fields that production must be given, and may not share with a fresh checkout.
    required_secrets: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003, replaced below
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003, ours needs no folder
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (
            init_settings,
            env_settings,
            InitSettingsSource(settings_cls, _from_files(settings_cls)),
            DotEnvSettingsSource(settings_cls, env_file=ENV_FILE),
        )

    def production_problems(self) -> list[str]:
        """Why production may not start with these values; each names its variable."""
        return [
            f"{name.upper()} {problem}"
            for name in self.required_secrets
            if (problem := self._secret_problem(name))
        ]

    def _secret_problem(self, name: str) -> str | None:
        value = cast(SecretStr, getattr(self, name))
        if value and value == type(self).model_fields[name].default:
            return "is the default, which everybody knows"
        return weakness(value.get_secret_value())


def weakness(secret: str, shortest: int = SHORTEST_SECRET) -> str | None:
    """Why production may not rely on a secret; None where nothing speaks against it."""
    if not secret:
        return "is missing"
    if len(secret) < shortest:
        return f"is shorter than {shortest} characters"
    weak = any(word in secret.lower() for word in PLACEHOLDERS) or len(set(secret.lower())) < shortest // 4
    return "looks like an example; let a generator of passwords make one" if weak else None


class AppSettings(ModuleSettings):
    """What the whole process goes by."""

    app_env: Literal["development", "test", "production"] = "development"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    public_url: str = ""
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    max_body_bytes: Annotated[int, Field(gt=0)] = 1024 * 1024
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("public_url")
    @classmethod
    def _is_an_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
            raise ValueError("must look like https://example.com, without a path")
        # As browsers write it in `Origin`, which the address is compared with.
        default_port = ":443" if parts.scheme == "https" else ":80"
        return value.rstrip("/").lower().removesuffix(default_port)

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return tuple(ip_network(part.strip(), strict=False) for part in value.split(",") if part.strip())

    @property
    def production(self) -> bool:
        """Whether weak settings are refused and details hidden."""
        return self.app_env == "production"

    @property
    def secure(self) -> bool:
        """Whether browsers reach the app over https; the request itself cannot be believed on that."""
        return self.public_url.startswith("https://")

    def production_problems(self) -> list[str]:
        problems = super().production_problems()
        if not self.secure:
            problems.append("PUBLIC_URL must be the https address that browsers use")
        return problems


S = TypeVar("S", bound=ModuleSettings)
_cache: dict[type[ModuleSettings], ModuleSettings] = {}


def settings(cls: type[S]) -> S:
    """The one instance of a settings class, read when first asked for."""
    if cls not in _cache:
        try:
            _cache[cls] = cls()
        except ValidationError as error:
            raise ConfigError(_explain(error)) from error
    return cast(S, _cache[cls])


def reset_settings() -> None:
    """Forget what was read, so that a changed environment counts."""
    _cache.clear()


def check_settings(classes: Iterable[type[ModuleSettings]]) -> None:
    """Read every class, and in production refuse values that are only fit for development."""
    instances = [settings(cls) for cls in classes]
    if settings(AppSettings).production:
        problems = [problem for instance in instances for problem in instance.production_problems()]
        if problems:
            raise ConfigError(f"Not fit for production: {'; '.join(problems)}.")


def _explain(error: ValidationError) -> str:
    # Without the values: one of them may be a secret.
    problems = [
        f"{'.'.join(map(str, detail['loc'])).upper()}: {detail['msg'].removeprefix('Value error, ')}"
        for detail in error.errors(include_input=False, include_url=False)
    ]
    return f"The settings cannot be read: {'; '.join(problems)}."
