"""What Wagtail builds at every start for a programming interface that this site does not have.

Five of its apps describe all their types to it, whether it is installed or not: that took a third
of every start and 30 MB of every process. They are given something that takes it all and does
nothing; whoever installs ``wagtail.api.v3`` gets Wagtail's own.
"""

import re
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from django.apps import apps

INTERFACE = "wagtail.api.v3"
ITS_MODULES = re.compile(r"wagtail\.(?:.+\.)?api\.v3(?:\..+)?")


def leave_it_out() -> None:
    """Called before Wagtail's apps are ready, which is where they import it."""
    if not apps.is_installed(INTERFACE):
        sys.meta_path.insert(0, _StandIns())


class _TakesAll:
    """In place of the interface, of its parts and of what describes types to it."""

    def __call__(self) -> None:
        """Describe nothing."""

    def add_router(self, *_prefix_and_router: Any) -> None:
        """Answer nothing."""


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _TakesAll()


class _StandIns(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        is_its = ITS_MODULES.fullmatch(fullname)
        return ModuleSpec(fullname, self, is_package=True) if is_its else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""
