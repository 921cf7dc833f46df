"""Errors that nobody expected, sent to Sentry with the id of their trace and nothing of the request."""

import sys

import sentry_sdk
from structlog.typing import EventDict, WrappedLogger

from app.components.observability.settings import ObservabilitySettings
from app.core.config import AppSettings, settings

PATIENCE_SECONDS = 2
TAGS = ("trace_id", "request_id", "job", "logger")


def open_sentry(service: str) -> None:
    """Begin to send, where SENTRY_DSN says where to."""
    dsn = settings(ObservabilitySettings).sentry_dsn
    if dsn:
        sentry_sdk.init(
            dsn,
            environment=settings(AppSettings).app_env,
            server_name=service,
            # Its integrations add addresses, headers and bodies; local variables may hold passwords.
            default_integrations=False,
            auto_enabling_integrations=False,
            include_local_variables=False,
            max_breadcrumbs=0,
        )


def close_sentry() -> None:
    """Send what is left, and no more."""
    sentry_sdk.get_client().close(PATIENCE_SECONDS)
    sentry_sdk.get_global_scope().set_client(None)


def tell_sentry(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """What is logged with its traceback is told."""
    raised = event.get("exc_info")
    if raised and sentry_sdk.get_client().is_active():
        with sentry_sdk.new_scope() as scope:
            for tag in TAGS:
                if tag in event:
                    scope.set_tag(tag, str(event[tag]))
            scope.capture_exception(sys.exc_info() if raised is True else raised)
    return event
