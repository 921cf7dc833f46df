"""Runs the app in this process."""

import os
import signal

import uvicorn

from app.core.config import AppSettings, check_settings, settings
from app.core.logging import setup_logging


def serve() -> None:
    """Run the app; HOST and PORT move it."""
    # Here, so that the other commands neither wait for the whole app nor fall with it.
    from app.core.settings import SETTINGS

    check_settings(SETTINGS)
    app_settings = settings(AppSettings)
    setup_logging(app_settings.log_level, as_json=app_settings.production)
    # Once uvicorn has shut everything down it raises the signal again, which would read as a crash.
    # An exception will not do: raised while something is being imported, it may be swallowed.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    from app.components.backend.parts import PREPARE

    for prepare in PREPARE:
        prepare()
    uvicorn.run(
        "app.components.backend.main:create_app",
        factory=True,
        host=app_settings.host,
        port=app_settings.port,
        # They are read by our own middleware, which believes only TRUSTED_PROXIES.
        proxy_headers=False,
        server_header=False,
        # The access log is our own too: this one holds query strings.
        access_log=False,
        # A page's events are small; what a browser may send in one is the same on either way.
        ws_max_size=app_settings.max_body_bytes,
        log_config=None,
        timeout_graceful_shutdown=5,
    )
