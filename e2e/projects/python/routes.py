"""Every route of the app, as it is registered: path, methods, and whether the documentation names it."""

import json

from fastapi.routing import iter_route_contexts

from app.components.backend.main import create_app

print(
    json.dumps(
        [
            {"path": route.path, "methods": sorted(route.methods), "documented": bool(route.include_in_schema)}
            for route in iter_route_contexts(create_app().routes)
            if getattr(route, "methods", None)
        ]
    )
)
