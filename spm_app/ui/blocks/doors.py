"""Forms that the browser itself sends to an address of the door, with a full visit: for what changes the cookie."""

from __future__ import annotations

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from spm_app.ui.blocks.basic import Child


class _PlainForm(BaseHTML):
    """Reflex's own form never leaves the page."""

    tag = "form"
    action: rx.Var[str]
    method: rx.Var[str]


def door_form(action: str, *children: Child, **props: Any) -> rx.Component:
    """Sends its fields by POST to that address."""
    return _PlainForm.create(*children, action=action, method="post", **props)
