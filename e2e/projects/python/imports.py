"""Imports every module of the project; run with `-W error`, so that a warning is a failure."""

import importlib
import json
import pkgutil

import app

names = [found.name for found in pkgutil.walk_packages(app.__path__, prefix="app.")]
for name in names:
    importlib.import_module(name)
print(json.dumps(names))
