"""What stands in the house, counted from the code itself: `huilian house`."""

import ast
from pathlib import Path

from django.apps import apps

from . import discover


def count_house() -> dict:
    """Every room (engine part, area, face) with the keys of its registers, procedures and rules, and its services."""
    from huilian.engine.registers import all_registers

    declared: dict[str, list[str]] = {}
    for register in all_registers():
        declared.setdefault(_room_of(register.model.__module__, type(register).__module__), []).append(register.key)
    rooms = []
    for name in discover.apps():
        folder = discover.SOURCE.joinpath(*name.split(".")[1:])
        config = next(c for c in apps.get_app_configs() if c.name == name)
        short = name.removeprefix("huilian.")
        rooms.append(
            {
                "name": short,
                "layer": short.partition(".")[0],
                "registers": sorted(declared.get(short, [])),
                "procedures": sorted(path.stem for path in folder.glob("procedures/*.yaml")),
                "rules": sorted(path.stem for path in folder.glob("screening/*.sql")),
                "services": services_of(folder),
                "models": len(list(config.get_models())),
            }
        )
    total = {key: sum(len(room[key]) for room in rooms) for key in ("registers", "procedures", "rules", "services")}
    total["models"] = sum(room["models"] for room in rooms)
    total["areas"] = sum(room["layer"] == "areas" for room in rooms)
    flows = (discover.SOURCE / "flows").glob("*.py")
    total["flows"] = len([p for p in flows if p.name not in ("__init__.py", "apps.py")])
    return {"rooms": rooms, "total": total}


def _room_of(model_module: str, register_module: str) -> str:
    """The room a register belongs to: that of its model; of its declaration where the model is a library's."""
    for module in (model_module, register_module):
        parts = module.split(".")
        if parts[0] == "huilian":
            if parts[1] == "engine" and module == register_module and "house" in parts:
                return f"engine.{parts[-1]}"
            return ".".join(parts[1:4] if parts[1] == "areas" else parts[1:3])
    return "engine.registers"


def services_of(folder: Path) -> list[str]:
    """Names of the verbs of a room: public functions with a keyword `by`."""
    names = []
    for path in (folder / "services.py", *sorted(folder.glob("services/*.py"))):
        if not path.exists():
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and "by" in [argument.arg for argument in node.args.kwonlyargs]:
                names.append(node.name)
    return sorted(set(names))
