"""An address that leads nowhere: what it may be, and the way home, inside the frame that everybody knows."""

from __future__ import annotations

import reflex as rx

from spm_app.ui.blocks.basic import card, link_button
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def not_found_page() -> rx.Component:
    """Strangers never see it: the door sends them to the sign-in, whatever address they try."""
    home = link_button(t("gate.not_found.home"), "/", variant="primary", icon="house")
    return card(empty_state(t("gate.not_found.nothing"), t("gate.not_found.what_now"), home, icon="map-pin-off"))


#: Reflex shows the page of this name for every address that no other page has.
PAGE = Page(route="/404", title="gate.not_found", body=not_found_page)
