"""The providers there are."""

from app.core.errors import NotFoundError
from app.services.auth.oauth.errors import ProviderNotConfiguredError
from app.services.auth.oauth.github import GitHub
from app.services.auth.oauth.google import Google
from app.services.auth.oauth.provider import Provider

PROVIDERS: tuple[Provider, ...] = (GitHub(), Google())


def configured() -> list[Provider]:
    """Those that people may sign in with."""
    return [provider for provider in PROVIDERS if provider.configured]


def the_provider(name: str) -> Provider:
    """The provider of that name; raises NotFoundError."""
    provider = next((provider for provider in PROVIDERS if provider.name == name), None)
    if provider is None:
        raise NotFoundError
    return provider


def usable_provider(name: str) -> Provider:
    """The provider of that name, if it is set up; raises NotFoundError or ProviderNotConfiguredError."""
    provider = the_provider(name)
    if not provider.configured:
        raise ProviderNotConfiguredError
    return provider
