"""What a person hears when a handler fails: a refusal in their language, or a number to find the fault by."""

from __future__ import annotations

import logging
import re
import secrets
from collections import OrderedDict

import reflex as rx
from reflex_base.event.context import EventContext

from spm_app.kernel.errors import InvalidInput, SpmError
from spm_app.ui.catalogue import LANGUAGES, say, say_error, say_problem

log = logging.getLogger(__name__)
#: Findings that one message names; the form shows them all.
_FEW = 3
_TABS = 10_000
_SENT = re.compile(
    r"router_data=.*(?=\) \[txid)|(?<=Event data: ).*|(?<=Failed to deserialize event data: ).*|(?<= with value ).*"
    r"|(?<=Error transforming event payload for handler ).*",
    re.DOTALL,
)
_spoken: OrderedDict[str, str] = OrderedDict()


def speak(tab: str, lang: str) -> None:
    """Note the language of a tab: a fault is told outside of its state."""
    _spoken[tab] = lang
    _spoken.move_to_end(tab)
    if len(_spoken) > _TABS:
        _spoken.popitem(last=False)


def language_of_tab() -> str:
    """The language of the tab whose event is under way."""
    return _spoken.get(EventContext.get().token, LANGUAGES[0])


def told(failure: Exception) -> rx.event.EventSpec:
    """The app's `backend_exception_handler`. Nothing of a trace ever leaves the server."""
    lang = language_of_tab()
    if isinstance(failure, SpmError):
        return rx.toast.error(refusal(failure, lang))
    number = secrets.token_hex(4)
    log.error("fault %s", number, exc_info=failure)
    return rx.toast.error(say(lang, "gate.fault", number=number))


class Discreet(logging.Filter):
    """Reflex writes whole events into its log when one cannot be processed: cookie, form and all. Here it does not."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the sentence and the event's name; what was sent and by whom is taken out."""
        record.msg, record.args = _SENT.sub("(not shown)", record.getMessage()), ()
        return True


def refusal(refused: SpmError, lang: str) -> str:
    """The sentence, with the first findings of a form that nobody showed beside its fields."""
    problems = refused.problems[:_FEW] if isinstance(refused, InvalidInput) else ()
    return " ".join([say_error(lang, refused), *(say_problem(lang, each) for each in problems)])
