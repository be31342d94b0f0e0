"""Composition root: the only file that knows every page."""

from __future__ import annotations

import reflex as rx

from spm_app import gate
from spm_app.analytics.pages import dashboard, leaderboard
from spm_app.compensation.pages import (
    dispute,
    disputes,
    events,
    payment,
    payments,
    plan,
    plans,
    rates,
    run,
    runs,
    statement,
    statements,
    team_earnings,
)
from spm_app.crm.pages import account as crm_account
from spm_app.crm.pages import accounts as crm_accounts
from spm_app.crm.pages import deal, deals, import_, imports, new_import
from spm_app.crm.state.finding import find_sales
from spm_app.gate.pages import account, audit, jobs, not_found, sign_in
from spm_app.people.pages import accounts, directory, importing, org, person
from spm_app.people.state.finding import find_people
from spm_app.performance.pages import home
from spm_app.planning.pages import goal, targets
from spm_app.training.pages import badges, course, desk, learning, studio
from spm_app.training.pages import team as team_learning
from spm_app.ui import live, search
from spm_app.ui.arrival import Arrival
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page  # noqa: TC001 - one name, read by people
from spm_app.ui.shell import framed
from spm_app.ui.typeface import preload

#: Every page of the app; the menu shows those that have a group, in this order.
PAGES: tuple[Page, ...] = (
    sign_in.PAGE,
    account.PAGE,
    home.PAGE,
    statements.PAGE,
    statement.PAGE,
    team_earnings.PAGE,
    disputes.PAGE,
    dispute.PAGE,
    plans.PAGE,
    plan.PAGE,
    runs.PAGE,
    run.PAGE,
    payments.PAGE,
    payment.PAGE,
    targets.PAGE,
    goal.PAGE,
    deals.PAGE,
    deal.PAGE,
    crm_accounts.PAGE,
    crm_account.PAGE,
    imports.PAGE,
    new_import.PAGE,
    import_.PAGE,
    dashboard.PAGE,
    leaderboard.PAGE,
    learning.PAGE,
    course.PAGE,
    team_learning.PAGE,
    badges.PAGE,
    studio.PAGE,
    desk.PAGE,
    directory.PAGE,
    org.PAGE,
    person.PAGE,
    importing.PAGE,
    accounts.PAGE,
    rates.PAGE,
    events.PAGE,
    audit.PAGE,
    jobs.PAGE,
    not_found.PAGE,
)

app = rx.App(
    stylesheets=["/tokens.css"],
    head_components=[rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"), preload()],
)
app.app_wraps.pop((5, "Overlay"))  # the frame says itself, in two languages, when the connection is lost
gate.install(app, PAGES)
search.search_pages(PAGES)
search.search_in(find_people)
search.search_in(find_sales)
live.follow(app, PAGES)
for page in PAGES:
    loads = page.load if page.public else (Arrival.arrive, *page.load, Arrival.settle)
    app.add_page(framed(page, PAGES), route=page.route, title=t(page.title), on_load=list(loads))
