"""What the project's own modules import: distributions nobody uses, and modules nobody reaches."""

import ast
import functools
import importlib.metadata
import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path.cwd()


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def sources(*folders: str) -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if ".venv" not in path.parts
    }


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"(app|tests)(\.\w+)+(:\w+)?", node.value):
            # "app.components.backend.main:create_app", pytest_plugins and the like.
            names.add(node.value.split(":")[0])
    return names


def with_parents(names: set[str]) -> set[str]:
    return {".".join(name.split(".")[:length]) for name in names for length in range(1, name.count(".") + 2)}


def requirements(project: dict) -> tuple[set[str], set[str]]:
    def names(texts) -> set[str]:
        return {normal(re.match(r"[A-Za-z0-9._-]+", text).group()) for text in texts if isinstance(text, str)}

    return names(project["project"]["dependencies"]), names(project.get("dependency-groups", {}).get("dev", []))


project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
main, dev = requirements(project)
providers = importlib.metadata.packages_distributions()


def used(*folders: str) -> set[str]:
    names = {name for path in sources(*folders).values() for name in imported(path)}
    outside = {name for name in names if name.split(".")[0] not in sys.stdlib_module_names}
    return {normal(distribution) for name in outside for distribution in provided_by(name)}


def provided_by(name: str) -> set[str]:
    """The distributions of a module's top level; of several that share it, those that hold the module itself."""
    distributions = set(providers.get(name.split(".")[0], []))
    if len(distributions) < 2:
        return distributions
    return {one for one in distributions if files_of(one) & {f"{name.replace('.', '/')}{end}" for end in (".py", "/__init__.py")}}


@functools.cache
def files_of(distribution: str) -> frozenset[str]:
    return frozenset(map(str, importlib.metadata.files(distribution) or ()))


modules = sources("app", "tests", "alembic")
entries = {value.split(":")[0] for value in project["project"].get("scripts", {}).values()}
reached: set[str] = set()
waiting = {
    name
    for name in modules
    if name in entries or name.startswith("alembic") or name.startswith("tests.test_") or ".test_" in name or name == "tests.conftest"
}
while waiting:
    name = waiting.pop()
    reached.add(name)
    found = with_parents(imported(modules[name])) | with_parents({name})
    waiting |= (found & modules.keys()) - reached

print(
    json.dumps(
        {
            "unused_main": sorted(main - used("app", "alembic")),
            "unused_dev": sorted(dev - used("tests")),
            "undeclared_main": sorted(used("app", "alembic") - main - {normal(project["project"]["name"])}),
            "undeclared_dev": sorted(used("tests") - main - dev - {normal(project["project"]["name"])}),
            "unreached": sorted(modules.keys() - reached),
        }
    )
)
