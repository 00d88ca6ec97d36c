"""Finds the parts of the house by their place in the tree, so that a new area is one folder and nothing else."""

from importlib.util import find_spec
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent


def apps() -> list[str]:
    """Dotted names of every engine part, area and face that is a package with code in it, and the flows."""
    found = []
    for layer, depth in (("engine", 1), ("areas", 2), ("flows", 0), ("faces", 1)):
        if not depth:
            found.append(f"huilian.{layer}")
            continue
        for init in sorted((SOURCE / layer).glob("/".join(["*"] * depth) + "/__init__.py")):
            folder = init.parent
            if (
                any(p.suffix == ".py" and p.name != "__init__.py" for p in folder.iterdir())
                or (folder / "templates").exists()
            ):
                found.append("huilian." + ".".join(folder.relative_to(SOURCE).parts))
    return found


def modules(name: str) -> list[str]:
    """Dotted names of every `<app>.<name>` that exists, engine first."""
    return [f"{app}.{name}" for app in apps() if find_spec(f"{app}.{name}")]


def files(pattern: str) -> list[Path]:
    """Every file of the apps that matches `pattern`, in the order of `apps()`."""
    return [f for app in apps() for f in sorted((SOURCE / "/".join(app.split(".")[1:])).glob(pattern))]


def locales() -> list[Path]:
    """Folders of catalogues. Given to Django as LOCALE_PATHS, because those win over the words of the libraries."""
    homes = [SOURCE.joinpath(*app.split(".")[1:]) for app in apps()]
    homes += [SOURCE / layer for layer in ("foundation", "project")]
    return [home / "locale" for home in homes]
