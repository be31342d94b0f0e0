"""The built pages talk to wherever they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spm_app.cli.same_origin import SameOrigin, own_origin

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_baked_address_becomes_the_pages_own(host: str) -> None:
    script = f'var e={{PING:"http://{host}:3000/ping",EVENT:`ws://{host}:3000/_event`}}'
    assert own_origin(script) == (
        'var e={PING:(location.origin+"/ping"),EVENT:(location.origin.replace("http","ws")+"/_event")}'
    )


def test_other_addresses_stay() -> None:
    script = 'x="https://example.org/ping";y="http://localhost.example:3000/ping"'
    assert own_origin(script) == script


def test_a_build_that_bakes_it_elsewhere_does_not_go_unnoticed(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "reflex-env-x.js").write_text("nothing here")
    with pytest.raises(RuntimeError, match="was not found"):
        SameOrigin().post_build(static_dir=tmp_path)
