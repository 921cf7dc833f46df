"""Scopes of API keys, for routes that ask for more than their method does."""

from collections.abc import Awaitable, Callable

from app.components.backend.api.auth.deps import CurrentPrincipal
from app.services.auth.principal import Principal, Scope


def require_scope(scope: Scope) -> Callable[[Principal], Awaitable[Principal]]:
    """
    A dependency: `Depends(require_scope("write"))` lets people in, and programs whose key has that scope.

    `CurrentPrincipal` alone asks a key for `read` where the method changes nothing, else for `write`.
    """

    async def check(principal: CurrentPrincipal) -> Principal:
        principal.require_scope(scope)
        return principal

    return check
