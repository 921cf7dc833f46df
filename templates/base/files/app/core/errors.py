"""Errors a caller is meant to see, and the one shape in which they are answered."""

from collections.abc import Mapping

from fastapi.responses import JSONResponse


class AppError(Exception):
    """Refuses what was asked for; the message is a sentence for the person who asked."""

    status: int = 400
    code: str = "bad_request"
    message: str = "The request cannot be answered as it is."

    def __init__(
        self,
        message: str | None = None,
        *,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.message = message or type(self).message
        self.field = field
        self.headers = dict(headers or {})
        super().__init__(self.message)


class NotFoundError(AppError):
    """There is nothing under that address."""

    status = 404
    code = "not_found"
    message = "There is nothing here."


class MethodNotAllowedError(AppError):
    """The address exists, the method does not; `Allow` has to be given."""

    status = 405
    code = "method_not_allowed"
    message = "This address does not take that method."


class TooLargeError(AppError):
    """The body is longer than the app takes."""

    status = 413
    code = "too_large"
    message = "The request is too large."


def error_response(error: AppError) -> JSONResponse:
    """The answer that says so."""
    body = {"detail": error.message, "code": error.code}
    if error.field is not None:
        body["field"] = error.field
    return JSONResponse(body, status_code=error.status, headers=error.headers)
