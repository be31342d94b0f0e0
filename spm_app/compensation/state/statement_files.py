"""What can be taken away from a statement: the document, the workbook, the proof and the script that checks it."""

from __future__ import annotations

from functools import partial

import reflex as rx

from spm_app.compensation.service import proofs
from spm_app.compensation.service.whole import whole
from spm_app.compensation.state.printing import document, spreadsheet
from spm_app.kernel.errors import InvalidInput
from spm_app.kernel.rights import Actor
from spm_app.ui.address import number_in
from spm_app.ui.policy import allow_signed_in
from spm_app.ui.session import actor_of, language_of

#: What there is to take away, by the end of the file's name.
KINDS = ("pdf", "xlsx", "json", "py")


class StatementFilesState(rx.State):
    """The files of the statement that the address names."""

    @rx.event
    @allow_signed_in()
    async def download(self, kind: str):
        """Make one of them, as it stands now, for whoever may read the statement."""
        actor, lang = await actor_of(self), await language_of(self)
        made = partial(_made, actor, number_in(self.router.url.path), kind, lang)
        data, name = await rx.run_in_thread(made)
        return rx.download(data=data, filename=name)


def _made(actor: Actor, statement_id: int, kind: str, lang: str) -> tuple[bytes, str]:
    given = whole(actor, statement_id)
    name = f"statement-{given.view.head.statement.period_code}-{statement_id}"
    match kind:
        case "pdf":
            return document(given, lang), f"{name}.pdf"
        case "xlsx":
            return spreadsheet(given, lang), f"{name}.xlsx"
        case "json":
            return proofs.written(proofs.of_statement(given)).encode(), f"{name}-proof.json"
        case "py":
            return proofs.script().encode(), "verify_proof.py"
        case _:
            raise InvalidInput("compensation.statement.no_such_file", kind=kind)
