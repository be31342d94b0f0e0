"""What the server writes down when Reflex complains: the sentence, never what was sent."""

from __future__ import annotations

import logging

import pytest

from spm_app.gate.faults import Discreet

SAID = [
    "Received event from session 7 with no associated token. This may indicate a bug. Event data: {'old': 'hunter2'}",
    "Received event data as a string. This generally should not happen. Event data: \"{'old': 'hunter2'}\"",
    "Failed to deserialize event data: {'old': 'hunter2'}.",
    "Error transforming event payload for handler X.save: Error transforming event argument 'a' with value 'hunter2'",
    "Event(name='x', router_data={'cookie': 'hunter2'}, payload={'old': 'hunter2'}) [txid=3]",
]


@pytest.mark.parametrize("said", SAID)
def test_what_was_sent_is_not_in_the_log(said: str) -> None:
    record = logging.LogRecord("reflex.app", logging.WARNING, __file__, 1, said, (), None)
    assert Discreet().filter(record)
    assert "hunter2" not in record.getMessage()
    assert record.getMessage()[:12] == said[:12]


@pytest.mark.parametrize(
    "name",
    ["reflex.app", "reflex_base.event.processor.event_processor", "reflex_base.event.processor.base_state_processor"],
)
def test_every_place_that_could_write_it_is_watched(name: str) -> None:
    import spm_app.spm_app  # noqa: F401 - hangs the gate

    assert any(isinstance(each, Discreet) for each in logging.getLogger(name).filters)
