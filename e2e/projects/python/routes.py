"""Every route of the app, as it is registered: path, methods, and whether the documentation names it."""

import json

from fastapi.routing import APIRoute
from starlette.routing import Route

from app.components.backend.main import create_app


def walk(routes, prefix=""):
    for route in routes:
        if isinstance(route, (APIRoute, Route)):
            yield {
                "path": prefix + route.path,
                "methods": sorted(route.methods or ()),
                "documented": bool(route.include_in_schema),
            }


print(json.dumps(list(walk(create_app().routes))))
