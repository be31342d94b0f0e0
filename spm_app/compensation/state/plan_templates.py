"""Taking a template, whole or for its components."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.compensation.service import templates
from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.kernel.rights import Role
from spm_app.ui.policy import allow
from spm_app.ui.session import actor_of


class PlanTemplateState(rx.State):
    """Nothing to remember: what is taken stands in the text, where it can be undone."""

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def add_template(self, name: str):
        """All components of a template behind one's own."""
        form = await self.get_state(PlanFormState)
        return await form._change(templates.with_components(form.text, name[:100])) if name else None

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def begin_with(self, name: str):
        """A template instead of what is written."""
        actor, form = await actor_of(self), await self.get_state(PlanFormState)
        return await form._change(await rx.run_in_thread(partial(templates.begun, actor, name[:100])))
