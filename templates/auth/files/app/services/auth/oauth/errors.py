"""What signing in by way of a provider can end in; each message is for a person to read."""

from app.core.errors import AppError


class OAuthError(AppError):
    """
    The base of them all, and the answer to whatever should not happen.

    That is a provider that is down, slow or wrong, and an answer that is late, used, or another browser's.
    It does not tell which: only an attacker could use that.
    """

    code = "oauth"
    message = "Signing in that way did not work. Try again, or sign in another way."


class UnverifiedEmailError(OAuthError):
    code = "oauth_email"
    message = "Your account there has no verified email address. Verify it there, then try again."


class AccountExistsError(OAuthError):
    """Somebody proved this address here before, so an account elsewhere alone opens nothing."""

    code = "oauth_account"
    message = (
        "There is already an account with your address. Sign in to it as you did before, "
        "then connect the other one on your account page."
    )


class AlreadyConnectedError(OAuthError):
    code = "oauth_connected"
    message = "That account, or another one of the same provider, is connected already."


class ProviderNotConfiguredError(AppError):
    status = 503
    code = "provider_not_configured"
    message = "Signing in with this provider is not set up here."


class ConnectionNotFoundError(AppError):
    status = 404
    code = "connection_not_found"
    message = "This provider is not connected to your account."


class LastSignInMethodError(AppError):
    status = 409
    code = "last_sign_in_method"
    message = "This is the only way left to sign in to your account. Set a password first."


_KINDS: list[type[OAuthError]] = [OAuthError, *OAuthError.__subclasses__()]
_SHOWN = {kind.code: kind.message for kind in _KINDS}


def sentence(code: str | None) -> str | None:
    """What to tell the person whom a redirect brought back with this code."""
    return _SHOWN.get(code or "")
