"""Reads every flow at start-up, so that each can put its source or its answer into the registry of an area."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "huilian.flows"
    label = "flows"

    def ready(self) -> None:
        for path in sorted(Path(__file__).parent.glob("*.py")):
            if path.stem not in ("__init__", "apps"):
                import_module(f"{self.name}.{path.stem}")
