"""Components that only crm uses."""

from __future__ import annotations

from typing import Any

import reflex as rx

from spm_app.ui.blocks.basic import card, fact, facts
from spm_app.ui.i18n import t


def extra_card(extra: Any) -> rx.Component:
    """The columns of the source that we have no field for, as they came; nothing when there are none."""
    shown = rx.foreach(extra, lambda each: fact(each["name"], each["value"]))
    return rx.cond(extra.length() > 0, card(facts(shown), title=t("crm.extra")), rx.fragment())
