"""Every setting there is: the fields of all settings classes, wherever they are declared."""

import importlib
import json
import pkgutil

import app
from app.core.config import ModuleSettings
from pydantic import SecretStr

for found in pkgutil.walk_packages(app.__path__, prefix="app."):
    importlib.import_module(found.name)


def classes(base: type[ModuleSettings]) -> list[type[ModuleSettings]]:
    return [found for child in base.__subclasses__() for found in (child, *classes(child))]


declared = classes(ModuleSettings)
index = importlib.import_module("app.core.settings")
listed = {
    value
    for item in vars(index).values()
    for value in (item if isinstance(item, (tuple, list)) else (item,))
    if isinstance(value, type) and issubclass(value, ModuleSettings)
}
print(
    json.dumps(
        {
            "fields": sorted(field.upper() for declaring in declared for field in declaring.model_fields),
            "secrets": sorted({name.upper() for declaring in declared for name in declaring.required_secrets}),
            "hidden": sorted(
                name.upper()
                for declaring in declared
                for name, field in declaring.model_fields.items()
                if field.annotation is SecretStr
            ),
            "unlisted": sorted(found.__name__ for found in declared if found not in listed),
        }
    )
)
