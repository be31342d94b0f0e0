"""Hanging door and gate on the app: one call of the composition root."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import reflex.app
from reflex_base.event.processor import base_state_processor, event_processor

from spm_app.gate import parting, subjects
from spm_app.gate.door import door_for
from spm_app.gate.faults import Discreet, told
from spm_app.gate.gatekeeper import Gate
from spm_app.people import service as people
from spm_app.ui import clocks, live, switches

if TYPE_CHECKING:
    from collections.abc import Sequence

    import reflex as rx

    from spm_app.ui.pages import Page


def install(app: rx.App, pages: Sequence[Page]) -> None:
    """Before anything is served: the gate first among the middlewares, the door around everything."""
    public = {page.route for page in pages if page.public}
    way_out = parting.hang(app)
    app.add_middleware(Gate({page.route: frozenset(page.roles) for page in pages}, parting=way_out), index=0)
    live.told_to(way_out.hear)
    app.api_transformer = [door_for(public | {"/sign-in"})]
    app.backend_exception_handler = told
    subjects.know(pages)
    clocks.read_by(people.zone)
    for each in (event_processor, base_state_processor, reflex.app):
        logging.getLogger(each.__name__).addFilter(Discreet())
    switches.keep_language_with(people.set_language)
