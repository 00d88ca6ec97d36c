"""/desk/monitoring/: one file for each part."""

from importlib import import_module
from pathlib import Path

urlpatterns = []
for found in sorted(Path(__file__).parent.glob("urls_*.py")):
    urlpatterns += import_module(f"{__package__}.{found.stem}").urlpatterns
