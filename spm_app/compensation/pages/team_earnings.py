"""The earnings of the people one is responsible for."""

from __future__ import annotations

import reflex as rx

from spm_app.compensation.state.reviews import ReviewState
from spm_app.compensation.state.statements import TEAM_COLUMNS, TeamState
from spm_app.kernel.rights import Role
from spm_app.ui import theme
from spm_app.ui.blocks.basic import button, card, figure
from spm_app.ui.blocks.fields import form, text_area
from spm_app.ui.blocks.states import empty_state
from spm_app.ui.blocks.table import data_table, filter_choice
from spm_app.ui.i18n import t
from spm_app.ui.pages import Page


def team_page() -> rx.Component:
    """The sum, the manager's word where it is asked for, and the statements."""
    nothing = empty_state(t("compensation.team.none"), t("compensation.team.none.what_now"), icon="users")
    chosen = filter_choice(TeamState, "period", "ui.period", TeamState.periods)
    table = data_table(TeamState, TEAM_COLUMNS, caption="compensation.team", filters=(chosen,), empty=nothing)
    return rx.el.div(_figures(), _reviews(), table, class_name=theme.STACK)


def _figures() -> rx.Component:
    return rx.cond(
        TeamState.payees > 0,
        card(figure(t("compensation.team.sum"), TeamState.sum_due, t("compensation.payees_n", n=TeamState.payees))),
        rx.fragment(),
    )


def _reviews() -> rx.Component:
    """A manager agrees with the figures or says what is wrong, before finance approves."""
    buttons = rx.el.div(
        button(
            t("compensation.review.agree"), variant="primary", icon="check", name="agreed", value="yes", type="submit"
        ),
        button(t("compensation.review.object"), icon="flag", on_click=ReviewState.start_objecting),
        class_name=theme.ROW,
    )
    objection = form(
        text_area(t("compensation.review.what"), "remark", error=ReviewState.errors.get("remark", "")),
        rx.el.div(button(t("compensation.review.send"), variant="primary", type="submit"), class_name=theme.ROW),
        on_submit=ReviewState.object,
    )
    asked = card(
        rx.el.p(t("compensation.review.asked", period=ReviewState.period), class_name="m-0"),
        rx.cond(ReviewState.objecting, objection, form(buttons, on_submit=ReviewState.agree)),
        title=t("compensation.review"),
    )
    return rx.cond(ReviewState.period != "", asked, rx.fragment())


PAGE = Page(
    route="/team-earnings",
    title="compensation.team",
    body=team_page,
    load=(TeamState.load, ReviewState.load),
    roles=(Role.MANAGER, Role.COMP_ADMIN, Role.FINANCE, Role.AUDITOR),
    group="earnings",
    icon="users",
    live=("statements", "runs"),
)
