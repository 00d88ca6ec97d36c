"""Collects every app's `registers.py` and has the declarations checked when the house starts."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.core.checks import register as register_check
from django.utils.module_loading import module_has_submodule


class RegistersConfig(AppConfig):
    name = "huilian.engine.registers"

    def ready(self) -> None:
        from . import checks, house

        house.load()
        for config in apps.get_app_configs():
            if config.name.startswith("huilian.areas.") and module_has_submodule(config.module, "registers"):
                import_module(f"{config.name}.registers")
        register_check(checks.check_registers)
