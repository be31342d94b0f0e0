"""Every table of every module, gathered for Alembic and for the test that compares them with the migrations."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from spm_app.infra.columns import Base

if TYPE_CHECKING:
    from sqlalchemy import MetaData

_INFRA = ("spm_app.infra.audit", "spm_app.infra.bus", "spm_app.infra.jobs")
_MODULES = ("people", "crm", "planning", "training", "compensation", "analytics", "performance", "gate")


def every_table() -> MetaData:
    """The tables as the program knows them."""
    for name in _INFRA:
        import_module(name)
    for module in _MODULES:
        if find_spec(f"spm_app.{module}.tables"):
            import_module(f"spm_app.{module}.tables")
    return Base.metadata
