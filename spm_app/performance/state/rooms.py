"""The parts of a home page that only some roles have, as text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from spm_app.kernel.money import Money
from spm_app.ui import words
from spm_app.ui.catalogue import say
from spm_app.ui.geometry import share_of_scale

if TYPE_CHECKING:
    from spm_app.analytics.service import Steering, Team
    from spm_app.kernel.money import Currency
    from spm_app.performance.service import System


def team(found: Team, lang: str) -> tuple[list[dict[str, str]], str]:
    """A row for each person led, and the team as one: its sum against the sum of its quotas."""
    rows = [
        {
            "name": now.name,
            "href": f"/people/{now.person_id}",
            "attainment": words.percent(now.attainment, lang),
            "won": _money(now.won, found.currency, lang),
            "quota": _money(now.quota, found.currency, lang),
            "left": _money(max(0, now.quota - now.won), found.currency, lang),
            "before": words.percent(before.attainment, lang) if before else words.NOTHING,
        }
        for now, before in found.rows
    ]
    won, quota = sum(now.won for now, _ in found.rows), sum(now.quota for now, _ in found.rows)
    said = say(
        lang,
        "performance.team.said",
        share=words.percent(Fraction(won, quota) if quota else None, lang),
        won=_money(won, found.currency, lang),
        quota=_money(quota, found.currency, lang),
        period=words.period(found.period, lang),
    )
    return rows, said


def plan(found: Steering, lang: str) -> dict[str, str]:
    """The year on a scale that ends at the goal; the mark is what should be won by today."""
    if found.plan is None:
        return {}
    stands = found.plan
    ahead = "ahead" if stands.ahead >= 0 else "behind"
    return {
        "period": words.period(found.year, lang),
        "won": _money(stands.won, found.currency, lang),
        "goal": _money(stands.goal, found.currency, lang),
        "reached": words.percent(Fraction(stands.won, stands.goal), lang),
        "share": str(share_of_scale(stands.won, stands.scale)),
        "mark": str(share_of_scale(stands.due, stands.scale)),
        "due": say(
            lang,
            f"performance.plan.{ahead}",
            day=words.day(found.as_of, lang),
            due=_money(stands.due, found.currency, lang),
            amount=_money(abs(stands.ahead), found.currency, lang),
        ),
        "tone": "good" if stands.ahead >= 0 else "warn",
    }


def costs(found: Steering, lang: str) -> list[dict[str, str]]:
    """Variable pay by quarter, the newest first."""
    return [
        {
            "period": words.period(each.period, lang),
            "earned": _money(each.earned, found.currency, lang),
            "revenue": _money(each.revenue, found.currency, lang),
            "share": words.percent(each.share, lang),
        }
        for each in reversed(found.costs)
    ]


def system(found: System, lang: str, zone: str) -> list[dict[str, str]]:
    """Jobs, the newest import and the log, each as a card."""
    return [_jobs(found, lang), _import(found, lang, zone), _log(found, lang, zone)]


def _jobs(found: System, lang: str) -> dict[str, str]:
    tone = "bad" if found.stuck else "warn" if found.failed else "good"
    key = "stuck" if found.stuck else "failed" if found.failed else "well"
    return {
        "title": say(lang, "performance.system.jobs"),
        "value": say(lang, "performance.system.jobs.now", waiting=found.waiting, running=found.running),
        "beside": say(lang, f"performance.system.jobs.{key}", n=found.stuck or found.failed),
        "tone": tone,
        "href": "/settings/jobs",
    }


def _import(found: System, lang: str, zone: str) -> dict[str, str]:
    """Which rows were refused is for who imports: the number is enough to ask them."""
    title, newest = say(lang, "performance.system.import"), found.newest_import
    if newest is None:
        return {"title": title, "value": words.NOTHING, "beside": say(lang, "performance.system.import.none")} | _QUIET
    refused = newest.total.refused
    return {
        "title": title,
        "value": say(lang, f"crm.import.state.{newest.state.value}"),
        "beside": say(
            lang,
            "performance.system.import.said",
            at=words.instant(newest.created_at, lang, zone),
            name=newest.actor_name,
            n=refused,
        ),
        "tone": "bad" if newest.error_key else "warn" if refused else "good",
        "href": "",
    }


def _log(found: System, lang: str, zone: str) -> dict[str, str]:
    key = "complete" if found.is_complete else "incomplete"
    return {
        "title": say(lang, "performance.system.log"),
        "value": say(lang, "performance.system.log.entries", n=found.entries),
        "beside": say(lang, f"performance.system.log.{key}", at=words.instant(found.newest_entry, lang, zone)),
        "tone": "neutral" if found.is_complete else "bad",
        "href": "/settings/audit",
    }


_QUIET = {"tone": "neutral", "href": ""}


def _money(minor: int, currency: Currency, lang: str) -> str:
    return words.rounded_money(Money.from_minor(minor, currency), lang)
