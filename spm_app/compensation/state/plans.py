"""Plans: the list, and one plan with its text, its findings and its way to being in force."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

import reflex as rx

from spm_app.compensation.domain.life import VersionState
from spm_app.compensation.domain.records import Version
from spm_app.compensation.service import beginning, plans
from spm_app.compensation.service.plans import PlanView
from spm_app.compensation.state.plan_agreed import PlanAgreedState
from spm_app.compensation.state.plan_form import PlanFormState
from spm_app.compensation.state.plan_guard import GUARD
from spm_app.compensation.state.plan_pay import PlanPayState
from spm_app.compensation.state.plan_reading import PlanReadingState
from spm_app.kernel.errors import InvalidInput, NotFound
from spm_app.kernel.ids import PlanId, PlanVersionId
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say
from spm_app.ui.listing import Answer, Ask, Column, Listing
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of
from spm_app.ui.written import Pill, Text

COLUMNS = (
    Column("name", "compensation.plan", kind="link", sorts=False),
    Column("code", "compensation.plan.code", sorts=False),
    Column("version", "compensation.plan.version", kind="number", sorts=False),
    Column("state", "compensation.state", kind="pill", sorts=False),
    Column("at", "compensation.plan.written", sorts=False),
)
TONES = {VersionState.PUBLISHED: "good", VersionState.PROPOSED: "warn", VersionState.APPROVED: "accent"}


class PlansState(Listing, rx.State):
    """Plans that the person may read."""

    _columns: ClassVar[tuple[Column, ...]] = COLUMNS
    _file_name: ClassVar[str] = "plans"

    may_write: bool = False

    async def _prepare(self) -> None:
        self.may_write = (await actor_of(self)).may(Permission.WRITE_PLANS)

    def _rows_for(self, actor: Actor, ask: Ask) -> Answer:
        wanted, zone = ask.search.casefold(), people.zone()
        found = [each for each in plans.plans(actor) if wanted in f"{each.plan_name} {each.plan_code}".casefold()]
        rows = [_row(each, actor.language, zone) for each in found]
        return Answer(rows[ask.offset : ask.offset + ask.size], len(rows))


class PlanState(rx.State):
    """The plan that the address names; `/plans/0` is one that is being begun."""

    found: bool = True
    loaded: bool = False
    name: str = ""
    text: str = ""
    state: str = ""
    tone: str = "neutral"
    number: str = ""
    is_new: bool = False
    may_edit: bool = False
    may_renew: bool = False
    may_propose: bool = False
    may_approve: bool = False
    may_publish: bool = False
    may_send_back: bool = False
    may_judge: bool = False
    is_published: bool = False
    history: list[dict[str, str]] = []
    _plan_id: int = 0
    _version_id: int = 0

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read the plan."""
        actor, lang = await actor_of(self), await language_of(self)
        self._plan_id = number_in(self.router.url.path)
        if not self._plan_id and actor.may(Permission.WRITE_PLANS):
            self._begin(await rx.run_in_thread(partial(beginning.first_text, actor)), lang)
            return await self._edit(None)
        try:
            view, zone = await rx.run_in_thread(lambda: (plans.plan(actor, PlanId(self._plan_id)), people.zone()))
        except NotFound:
            self.found, self.loaded = False, True
            return None
        self._show(actor, view, lang, zone)
        return await self._edit(_base(view))

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def save(self):
        """Keep the text as the plan's draft."""
        actor, lang = await actor_of(self), await language_of(self)
        known = PlanId(self._plan_id) if self._plan_id else None
        form = await self.get_state(PlanFormState)
        try:
            version_id = await rx.run_in_thread(partial(plans.save_draft, actor, form.text, known))
        except InvalidInput as refusal:
            return rx.toast.error(say(lang, refusal.key))
        form._saved, form.dirty = form.text, False
        said = rx.toast.success(say(lang, "compensation.plan.saved"))
        if known is None:
            plan_id = await rx.run_in_thread(partial(plans.plan_of, actor, version_id))
            return [said, rx.redirect(f"/plans/{plan_id}")]
        return [said, PlanState.load]

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def renew(self):
        """Begin the next version with the words in force, which stay as they are."""
        actor, lang = await actor_of(self), await language_of(self)
        await rx.run_in_thread(partial(plans.renew, actor, PlanId(self._plan_id)))
        return [rx.toast.success(say(lang, "compensation.plan.renewed")), PlanState.load]

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def propose(self):
        """Ask for approval."""
        return await self._step(plans.propose, "compensation.plan.proposed")

    @rx.event
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def send_back(self):
        """Back to draft."""
        return await self._step(plans.send_back, "compensation.plan.sent_back")

    @rx.event
    @allow(Role.FINANCE)
    async def approve(self):
        """Another person's word."""
        return await self._step(plans.approve, "compensation.plan.approved")

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def publish(self):
        """In force from now on; the text never changes again."""
        return await self._step(plans.publish, "compensation.plan.published")

    async def _step(self, act: Callable[[Actor, PlanVersionId], None], said: str) -> Any:
        actor, lang = await actor_of(self), await language_of(self)
        try:
            await rx.run_in_thread(partial(act, actor, PlanVersionId(self._version_id)))
        except InvalidInput as refusal:
            return rx.toast.error(say(lang, refusal.key))
        return [rx.toast.success(say(lang, said)), PlanState.load]

    async def _edit(self, base: tuple[str, str] | None) -> Any:
        """Open what stands beside the head of the plan: the editor of a draft, or what there is to read."""
        if self.may_edit:
            await (await self.get_state(PlanFormState))._open(self.text)
        await (await self.get_state(PlanReadingState))._open(self.text, base, is_draft=self.may_edit)
        pay = await self.get_state(PlanPayState)
        pay.drawn = pay.costed = False
        return [rx.call_script(GUARD), PlanFormState.try_out] if self.may_edit else PlanAgreedState.load

    def _begin(self, text: str, lang: str) -> None:
        self.is_new = self.loaded = self.found = self.may_edit = True
        self.name = say(lang, "compensation.plan.new")
        self.text = text
        self._version_id, self.history = 0, []
        self.may_judge, self.is_published = True, False
        self.state, self.tone, self.number = say(lang, "compensation.version.draft"), "neutral", "1"
        self.may_renew = self.may_propose = self.may_approve = self.may_publish = self.may_send_back = False

    def _show(self, actor: Actor, view: PlanView, lang: str, zone: str) -> None:
        newest, state = view.newest, view.newest.state
        writes, approves = actor.may(Permission.WRITE_PLANS), actor.may(Permission.APPROVE_PLANS)
        self.is_new, self.loaded, self.found, self.name = False, True, True, newest.plan_name
        self.text = newest.text
        self._version_id, self.number = int(newest.id), str(newest.number)
        self.state, self.tone = say(lang, f"compensation.version.{state.value}"), TONES.get(state, "neutral")
        self.may_edit = self.may_propose = writes and state is VersionState.DRAFT
        self.may_renew = writes and state is VersionState.PUBLISHED
        self.may_approve = approves and state is VersionState.PROPOSED and newest.author_id != actor.person_id
        self.may_publish = writes and state is VersionState.APPROVED
        self.may_send_back = (writes or approves) and state in {VersionState.PROPOSED, VersionState.APPROVED}
        self.may_judge = writes or approves
        self.is_published = any(each.published_at for each in view.versions)
        self.history = [_version(each, view, lang, zone) for each in view.versions]


def _base(view: PlanView) -> tuple[str, str] | None:
    """Number and text of the version that was in force before the one that is shown."""
    before = (each for each in view.versions[1:] if each.published_at is not None)
    return next(((str(each.number), each.text) for each in before), None)


def _row(each: Version, lang: str, zone: str) -> dict[str, object]:
    return {
        "href": f"/plans/{each.plan_id}",
        "name": each.plan_name,
        "code": each.plan_code,
        "version": each.number,
        "state": Pill(Text(f"compensation.version.{each.state.value}"), TONES.get(each.state, "neutral")),
        "at": words.instant(each.written_at, lang, zone),
    }


def _version(each: Version, view: PlanView, lang: str, zone: str) -> dict[str, str]:
    return {
        "version": str(each.number),
        "state": say(lang, f"compensation.version.{each.state.value}"),
        "author": view.names.get(int(each.author_id), ""),
        "approver": view.names.get(int(each.approver_id), "") if each.approver_id else words.NOTHING,
        "published": words.instant(each.published_at, lang, zone),
    }
