"""What a plan pays: its curves, and its cost on the deals of last year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import reflex as rx

from spm_app.compensation.service import costing, trying
from spm_app.compensation.service.costing import Costs
from spm_app.compensation.service.trying import Curve
from spm_app.compensation.state.plan_reading import PlanReadingState
from spm_app.kernel.rate import Rate
from spm_app.kernel.rights import Role
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.policy import allow, allow_signed_in
from spm_app.ui.session import actor_of, language_of

_SPREAD = ("least", "first", "middle", "third", "most")


@dataclass
class CurveView:
    """One component's curve; `usual` are its values at round attainments."""

    title: str
    summary: str
    rows: list[dict[str, float | str]]
    usual: list[dict[str, str]]


class PlanPayState(rx.State):
    """The curves of the plan that is shown, and its cost once somebody has asked for it."""

    curves: list[CurveView] = []
    drawn: bool = False
    busy: bool = False
    progress: str = ""
    costed: bool = False
    how: str = ""
    total: str = ""
    cost: list[dict[str, str]] = []
    spread: list[dict[str, str]] = []

    @rx.event
    @allow_signed_in()
    async def draw(self):
        """The curves of the text as it stands."""
        lang = await language_of(self)
        text = await (await self.get_state(PlanReadingState))._now()
        found = await rx.run_in_thread(partial(trying.curves, text))
        self.curves, self.drawn = [_view(each, lang) for each in found], True

    @rx.event(background=True)
    @allow(Role.COMP_ADMIN, Role.FINANCE)
    async def reckon(self):
        """The cost on last year's deals: a calculation for each period and attainment, so it tells how far it is."""
        async with self:
            actor, lang = await actor_of(self), await language_of(self)
            text = await (await self.get_state(PlanReadingState))._now()
            self.busy, self.costed, self.progress = True, False, say(lang, "compensation.cost.busy")
        try:
            found = await rx.run_in_thread(partial(costing.costs, actor, text, _silent))
        finally:
            async with self:
                self.busy = False
        async with self:
            self._show(found, lang)

    def _show(self, found: Costs | None, lang: str) -> None:
        self.costed = found is not None
        if found is None:
            return
        self.how = say(
            lang,
            "compensation.cost.how",
            year=found.year,
            deals=found.deals,
            n=found.payees,
            assumed=found.without_quota,
        )
        self.total = words.money(found.total, lang)
        self.cost = [
            {"at": words.percent(Rate.percent(percent), lang), "cost": words.money(each, lang)}
            for percent, each in found.at
        ]
        names = _SPREAD if len(found.spread) == len(_SPREAD) else ("middle",)
        self.spread = [
            {"what": say(lang, f"compensation.cost.{name}"), "pay": words.money(each, lang)}
            for name, each in zip(names, found.spread, strict=False)
        ]


def _silent(_done: int, _steps: int) -> None:
    """Nobody counts along."""


def _view(curve: Curve, lang: str) -> CurveView:
    name = curve.name_it if lang == "it" else curve.name_en
    at_quota = dict(curve.usual).get(1_000_000)
    return CurveView(
        title=name,
        summary=say(lang, "compensation.drawn.says", name=name, pay=at_quota or ""),
        rows=[
            {
                "at": ppm / 10_000,
                "pay": round(float(pay.amount), 2),
                "label": words.percent(Rate.from_ppm(ppm), lang),
                "pay_text": words.money(pay, lang),
            }
            for ppm, pay in curve.points
        ],
        usual=[
            {"at": words.percent(Rate.from_ppm(ppm), lang), "pay": words.money(pay, lang)} for ppm, pay in curve.usual
        ],
    )
