"""What sign-in can answer instead of success; each message is for a person to read."""

from app.core.errors import AppError


class InvalidFieldError(AppError):
    """A value that cannot be taken; `field` says which."""

    status = 422

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message, field=field)
        self.code = code


class EmailTakenError(AppError):
    status = 409
    code = "email_taken"
    message = "There is already an account with this address."


class UnauthorizedError(AppError):
    """The base of every 401: each names its challenge, as RFC 6750 asks."""

    status = 401
    challenge = "Bearer"

    def __init__(self) -> None:
        super().__init__(headers={"WWW-Authenticate": self.challenge})


class InvalidCredentialsError(UnauthorizedError):
    """The one answer to an unknown, passwordless or disabled account and to a wrong password."""

    code = "invalid_credentials"
    message = "The address or the password is wrong."


class WrongPasswordError(UnauthorizedError):
    """The password of somebody who is signed in and wants to change it."""

    code = "wrong_password"
    message = "The current password is wrong."

    def __init__(self) -> None:
        super().__init__()
        self.field = "current_password"


class NotSignedInError(UnauthorizedError):
    code = "not_signed_in"
    message = "Sign in first."


class InvalidTokenError(UnauthorizedError):
    """A token that is forged, expired, or belongs to a session that ended."""

    code = "invalid_token"
    message = "The session has ended. Sign in again."
    challenge = 'Bearer error="invalid_token"'


class InvalidTicketError(UnauthorizedError):
    """A sign-in ticket that is used, late, or from another browser."""

    code = "invalid_ticket"
    message = "This sign-in has run out. Sign in again."


class ReauthenticationRequiredError(AppError):
    status = 403
    code = "reauthentication_required"
    message = "Sign in again to do this."


class ApiKeyNotAllowedError(AppError):
    """Step-up, sessions and keys are the business of a person who is signed in."""

    status = 403
    code = "api_key_not_allowed"
    message = "An API key cannot do this. Sign in instead."


class InsufficientScopeError(AppError):
    """An API key that was not made for this; the challenge is that of RFC 6750, 3.1."""

    status = 403
    code = "insufficient_scope"
    message = "This API key was not made for that."

    def __init__(self, scope: str) -> None:
        super().__init__(headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'})


class ApiKeyNotFoundError(AppError):
    """No such key, or someone else's: the answer does not tell which."""

    status = 404
    code = "api_key_not_found"
    message = "There is no such API key."


class TooManyApiKeysError(AppError):
    status = 409
    code = "too_many_api_keys"
    message = "There are as many API keys as one person can have. Delete one first."


class ForeignOriginError(AppError):
    status = 403
    code = "foreign_origin"
    message = "This request came from another site."


class InvalidOneTimeTokenError(AppError):
    """A link of a mail that was used, is late or was ended, or belongs to somebody else."""

    code = "invalid_link"
    message = "This link is used up or too old. Ask for a new one."


class SessionNotFoundError(AppError):
    """No such session, or someone else's: the answer does not tell which."""

    status = 404
    code = "session_not_found"
    message = "There is no such session."


class UserNotFoundError(AppError):
    status = 404
    code = "user_not_found"
    message = "There is no account with this address."


class UnsupportedGrantError(AppError):
    code = "unsupported_grant_type"
    message = "Sign in with a JSON request to the login route."


class TooManyAttemptsError(AppError):
    """A limit or a lock-out; `retry_after` is in seconds."""

    status = 429
    code = "too_many_attempts"
    message = "Too many attempts. Wait a moment, then try again."

    def __init__(self, retry_after: int) -> None:
        super().__init__(headers={"Retry-After": str(retry_after)})
        self.retry_after = retry_after


class StoreUnavailableError(TooManyAttemptsError):
    """Attempts cannot be counted, so none is allowed."""

    status = 503
    code = "store_unavailable"
    message = "Signing in is not possible right now. Try again in a moment."
