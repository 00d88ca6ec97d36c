"""Finds the datasets and the rule files of the installed apps."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from .dataset import Dataset


def datasets() -> dict[str, Dataset]:
    """Every dataset of the house by its name, in order of `order` and name."""
    return _declared()


def rule_files() -> tuple[Path, ...]:
    """Every `<app>/screening/<ID>.sql`, in order of the id."""
    return _files()


@lru_cache(maxsize=1)
def _declared() -> dict[str, Dataset]:
    found: dict[str, Dataset] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("huilian.") or not module_has_submodule(config.module, "datasets"):
            continue
        for dataset in import_module(f"{config.name}.datasets").DATASETS:
            if dataset.name in found:
                raise ValueError(f"the dataset {dataset.name} is declared twice, the second time by {config.name}")
            found[dataset.name] = dataset
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


@lru_cache(maxsize=1)
def _files() -> tuple[Path, ...]:
    folders = [Path(c.path) / "screening" for c in apps.get_app_configs() if c.name.startswith("huilian.")]
    return tuple(sorted((f for folder in folders for f in folder.glob("*.sql")), key=lambda f: f.name))
