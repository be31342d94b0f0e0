"""Agreeing to a plan, and who has."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.compensation.domain.prose import changes
from spm_app.compensation.service import acceptance
from spm_app.compensation.state.plan_words import said
from spm_app.kernel.ids import PlanId, PlanVersionId
from spm_app.kernel.rights import Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of


class PlanAgreedState(rx.State):
    """What the plan asks of its reader, and what its payees have answered."""

    is_asked: bool = False
    agreed_at: str = ""
    news: list[str] = []
    answers: list[dict[str, str]] = []
    given: int = 0
    missing: int = 0
    _version_id: int = 0

    @rx.event
    @allow_signed_in()
    async def load(self):
        """What is asked of the reader."""
        actor, lang = await actor_of(self), await language_of(self)
        plan_id = PlanId(number_in(self.router.url.path))
        asked, zone = await rx.run_in_thread(lambda: (acceptance.asked(actor, plan_id), people.zone()))
        self.is_asked = asked is not None and asked.at is None
        self.agreed_at = "" if asked is None or asked.at is None else words.instant(asked.at, lang, zone)
        self._version_id = 0 if asked is None else int(asked.version.id)
        before = None if asked is None else asked.before
        self.news = (
            []
            if asked is None or before is None
            else [said(each, lang) for each in changes(before.text, asked.version.text)]
        )

    @rx.event
    @allow_signed_in()
    async def agree(self):
        """Yes to the words that are shown."""
        actor, lang = await actor_of(self), await language_of(self)
        await rx.run_in_thread(partial(acceptance.accept, actor, PlanVersionId(self._version_id)))
        return [rx.toast.success(say(lang, "compensation.agreed.done")), PlanAgreedState.load]

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def list_answers(self):
        """Who of the plan's payees has agreed, and when."""
        actor, lang = await actor_of(self), await language_of(self)
        plan_id = PlanId(number_in(self.router.url.path))
        found, zone = await rx.run_in_thread(lambda: (acceptance.answers(actor, plan_id), people.zone()))
        self.answers = [
            {
                "name": each.name,
                "state": say(lang, f"compensation.agreed.{'yes' if each.at else 'no'}"),
                "at": words.instant(each.at, lang, zone),
            }
            for each in sorted(found, key=lambda each: (each.at is not None, each.name))
        ]
        self.given = sum(each.at is not None for each in found)
        self.missing = len(found) - self.given

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def remind(self):
        """A mail to everybody who has not answered yet."""
        actor, lang = await actor_of(self), await language_of(self)
        plan_id = PlanId(number_in(self.router.url.path))
        n = await rx.run_in_thread(partial(acceptance.remind, actor, plan_id, _words))
        return rx.toast.success(say(lang, "compensation.agreed.reminded", n=n))


def _words(lang: str, name: str, address: str) -> tuple[str, str]:
    subject = say(lang, "compensation.agreed.mail.subject", name=name)
    return subject, say(lang, "compensation.agreed.mail.text", name=name, address=address)
