"""The application; `app.components` run, `app.services` decide, `app.core` is shared by both."""
