"""The typeface is fetched with the page itself, so that no text is set twice and moves when it arrives."""

from __future__ import annotations

import reflex as rx
from reflex.vars import VarData
from reflex_base.utils.imports import ImportVar

_LATIN = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url"


def preload() -> rx.Component:
    """For the head of every page: the letters of English and Italian, by the address that the build gives them."""
    tag = ImportVar(tag="latinLetters", is_default=True, install=False)
    address = rx.Var("latinLetters", _var_data=VarData(imports={_LATIN: [tag]}))
    as_font = {"as": "font"}
    return rx.el.link(rel="preload", type="font/woff2", cross_origin="anonymous", href=address, custom_attrs=as_font)
