"""What an agent invoices against, as a PDF in the reader's language."""

from __future__ import annotations

import json
from pathlib import Path

import typst

from spm_app.compensation.service.agents import Document
from spm_app.ui import words
from spm_app.ui.catalogue import say

_TEMPLATE = Path(__file__).with_name("agent.typ")


def invoice_document(found: Document, lang: str) -> bytes:
    """The document; the same one gives the same bytes."""
    told = {
        "lang": lang,
        "company": found.company,
        "title": say(lang, "compensation.document"),
        "number": found.number,
        "payee": f"{found.payee} ({found.payee_number})",
        "facts": [
            [say(lang, "ui.period"), words.period(found.period_code, lang)],
            [say(lang, "compensation.document.at"), words.day(found.at.date(), lang)],
        ],
        "lines": [[component, words.money(amount, lang)] for component, amount in found.lines],
        "sum": [say(lang, "compensation.document.total"), words.money(found.total, lang)],
        "what": say(lang, "compensation.document.what", number=found.number),
    }
    said = json.dumps(told, ensure_ascii=False)
    return bytes(typst.compile(str(_TEMPLATE), sys_inputs={"told": said}, ignore_system_fonts=True))
