"""One dispute: what was said, laid beside it and calculated, and what one may do now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

import reflex as rx

from spm_app.compensation.domain.attachments import LARGEST
from spm_app.compensation.domain.counter import Changed, Counter
from spm_app.compensation.domain.life import DisputeState as Stage
from spm_app.compensation.domain.records import Adjustment, Attachment, Remark
from spm_app.compensation.service import dispute_desk, disputes, periods
from spm_app.compensation.service.disputes import DisputeView
from spm_app.compensation.state.disputes import TONES
from spm_app.compensation.state.forms import field_errors
from spm_app.kernel.errors import InvalidInput, NotFound, SpmError
from spm_app.kernel.ids import DisputeId, PersonId
from spm_app.kernel.money import Currency, Money
from spm_app.kernel.problem import Problem
from spm_app.kernel.rights import Actor, Permission, Role
from spm_app.people import service as people
from spm_app.ui import words
from spm_app.ui.address import number_in
from spm_app.ui.catalogue import say, say_error
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of


class DisputeState(rx.State):
    """The dispute that the address names."""

    loaded: bool = False
    found: bool = True
    heading: str = ""
    facts: dict[str, str] = {}
    said: list[dict[str, str]] = []
    files: list[dict[str, str]] = []
    lines: list[dict[str, str]] = []
    counter: list[dict[str, str]] = []
    asked: dict[str, str] = {}
    may: list[str] = []
    may_write: bool = False
    may_assign: bool = False
    able: list[dict[str, str]] = []
    periods: list[dict[str, str]] = []
    errors: dict[str, str] = {}
    step: str = ""
    _dispute_id: int = 0

    @rx.event
    @allow_signed_in()
    async def load(self):
        """Read it, and what may be done with it."""
        actor, lang = await actor_of(self), await language_of(self)
        self.reset()
        self._dispute_id = number_in(self.router.url.path)
        try:
            read = partial(disputes.dispute, actor, DisputeId(self._dispute_id))
            view, zone = await rx.run_in_thread(lambda: (read(), people.zone()))
        except NotFound:
            self.found, self.loaded, self._dispute_id = False, True, 0
            return
        self._show(view, lang, zone)
        self.may = [each.value for each in disputes.steps(actor, view.dispute)]
        self.may_write = disputes.may_write(actor, view.dispute)
        self.step = self.may[0] if self.may else ""
        if actor.may(Permission.ANSWER_DISPUTE):
            await self._offer(actor, lang)
        self.loaded = True

    async def _offer(self, actor: Actor, lang: str) -> None:
        """What only compensation needs: who else could answer, and with which period an adjustment is paid."""
        dispute_id = DisputeId(self._dispute_id)
        able, recent = await rx.run_in_thread(
            lambda: (dispute_desk.able(actor, dispute_id), periods.recent(actor)),
        )
        self.able = [{"value": str(int(each.person_id)), "label": each.name} for each in able]
        self.may_assign = self.may_write and bool(able)
        self.periods = [{"value": each.code, "label": words.period(each, lang)} for each in recent]

    def _show(self, view: DisputeView, lang: str, zone: str) -> None:
        found = view.dispute
        self.heading = say(lang, "compensation.dispute.of", n=int(found.id), name=view.statement.payee_name)
        self.facts = _facts(view, lang)
        self.said = [_remark(each, lang, zone) for each in view.remarks]
        self.files = [_file(each, lang, zone) for each in view.files]
        self.lines = [_line(each, lang) for each in view.lines]
        if view.counter is not None:
            self.asked, self.counter = asked(view.counter, lang), parts(view.counter, lang)

    @rx.event
    @allow_signed_in()
    async def choose_step(self, step: str):
        """Which answer the form is for."""
        self.step = step if step in self.may else ""

    @rx.event
    @allow_signed_in()
    async def answer(self, form: dict[str, str]):
        """Take the step that was chosen, with its words."""
        return await self._do(partial(_take, step=self.step, form=form), "compensation.dispute.answered")

    @rx.event
    @allow_signed_in()
    async def comment(self, form: dict[str, str]):
        """Say one thing more."""
        text = form.get("comment", "")
        return await self._do(lambda actor, number: disputes.comment(actor, number, text), "compensation.dispute.said")

    @rx.event
    @allow(Role.COMP_ADMIN)
    async def assign(self, form: dict[str, str]):
        """Give it into somebody's hand."""
        to = form.get("to", "")
        person = PersonId(int(to) if to.isascii() and to.isdecimal() and len(to) < 18 else 0)
        return await self._do(
            lambda actor, number: dispute_desk.assign(actor, number, person), "compensation.dispute.assigned"
        )

    @rx.event
    @allow_signed_in()
    async def attach(self, files: list[rx.UploadFile]):
        """Lay a file beside it."""
        uploads = [(each.name or "file", await each.read(LARGEST + 1)) for each in files[:1]]

        def lay(actor: Actor, number: DisputeId) -> None:
            for name, content in uploads:
                dispute_desk.attach(actor, number, name, content)

        return await self._do(lay, "compensation.dispute.attached")

    @rx.event
    @allow_signed_in()
    async def fetch(self, file_id: int):
        """Download one of its files."""
        actor = await actor_of(self)
        url = await rx.run_in_thread(partial(dispute_desk.fetch, actor, DisputeId(self._dispute_id), file_id))
        return rx.download(url=url)

    async def _do(self, act: Callable[[Actor, DisputeId], object], said: str) -> object:
        actor, lang = await actor_of(self), await language_of(self)
        try:
            await rx.run_in_thread(partial(act, actor, DisputeId(self._dispute_id)))
        except InvalidInput as refusal:
            self.errors = field_errors(refusal, lang) or {"text": say_error(lang, refusal)}
            return rx.toast.error(say_error(lang, refusal))
        return [rx.toast.success(say(lang, said)), DisputeState.load]


def asked(counter: Counter, lang: str) -> dict[str, str]:
    """Paid, asked for, and the difference, with what was changed in words."""
    change = counter.change
    value = {
        Changed.AMOUNT: words.money(change.amount, lang),
        Changed.QUOTA: words.money(change.amount, lang),
        Changed.DAY: words.day(change.day, lang),
        Changed.SHARE: f"{words.number(Fraction(change.share or 0, 10_000), lang, 2)} %",
        Changed.PRODUCT: change.product or "–",
        Changed.DEAL: f"{words.money(change.amount, lang)}, {words.day(change.day, lang)}",
    }[change.what]
    return {
        "what": say(lang, f"compensation.counter.{change.what.value}"),
        "deal": "" if change.what in {Changed.QUOTA, Changed.DEAL} else change.transaction,
        "value": value,
        "paid": words.money(counter.paid, lang),
        "asked": words.money(counter.asked, lang),
        "difference": words.money(counter.difference, lang),
        "plain": str(counter.difference.amount),
    }


def parts(counter: Counter, lang: str) -> list[dict[str, str]]:
    """The components that differ."""
    return [
        {
            "name": _name(each.name, lang) or each.component,
            "before": words.money(each.before, lang),
            "after": words.money(each.after, lang),
        }
        for each in counter.parts
    ]


def read_amount(text: str, currency: str, at: str = "amount") -> Money:
    """What was typed as an amount of the company's money. Raises InvalidInput at the field."""
    try:
        return Money.of(text.strip().replace(",", "."), Currency(currency)).rounded()
    except (SpmError, ArithmeticError, ValueError) as refusal:
        raise InvalidInput(
            "compensation.form_has_errors", [Problem(at, "compensation.problem.amount_unreadable")]
        ) from refusal


def _facts(view: DisputeView, lang: str) -> dict[str, str]:
    found = view.dispute
    return {
        "state": say(lang, f"compensation.dispute.{found.state.value}"),
        "tone": TONES.get(found.state, "warn"),
        "about": view.line.transaction if view.line else say(lang, "compensation.dispute.whole"),
        "amount": words.money(view.line.amount if view.line else view.statement.earned, lang),
        "period": words.period(view.statement.period_code, lang),
        "href": f"/statements/{found.statement_id}",
        "reason": say(lang, f"compensation.reason.{found.reason}"),
        "due": words.day(found.due_on, lang),
        "late": "yes" if view.is_overdue else "",
        "assignee": view.assignee or "–",
        "appealed": "yes" if found.appealed else "",
    }


def _remark(each: Remark, lang: str, zone: str) -> dict[str, str]:
    return {
        "who": each.author_name,
        "at": words.instant(each.at, lang, zone),
        "text": each.text,
        "state": say(lang, f"compensation.dispute.{each.state.value}"),
    }


def _file(each: Attachment, lang: str, zone: str) -> dict[str, str]:
    return {
        "id": str(each.id),
        "name": each.name,
        "by": each.author_name,
        "at": words.instant(each.at, lang, zone),
        "size": say(lang, "compensation.dispute.size", n=-(-each.size // 1024)),
    }


def _line(each: Adjustment, lang: str) -> dict[str, str]:
    return {
        "amount": words.money(each.amount, lang),
        "period": words.period(each.period_code, lang),
        "state": say(lang, f"compensation.adjustment.{each.state.value}"),
    }


def _take(actor: Actor, dispute_id: DisputeId, *, step: str, form: Mapping[str, str]) -> None:
    text = form.get("text", "")
    match step:
        case Stage.WITH_COMPENSATION.value:
            disputes.forward(actor, dispute_id, text)
        case Stage.NEEDS_INFORMATION.value:
            disputes.ask_back(actor, dispute_id, text)
        case Stage.WITH_MANAGER.value:
            disputes.give_back(actor, dispute_id, text)
        case Stage.REJECTED.value:
            disputes.reject(actor, dispute_id, text)
        case Stage.WITHDRAWN.value:
            disputes.withdraw(actor, dispute_id, text)
        case Stage.ACCEPTED.value:
            amount = read_amount(form.get("amount", ""), people.currency())
            disputes.accept(actor, dispute_id, text, form.get("period", ""), amount)
        case _:
            raise InvalidInput("compensation.form_has_errors")


def _name(names: Mapping[str, str], lang: str) -> str:
    return names.get(lang) or names.get("en", "")
