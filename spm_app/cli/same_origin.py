"""A build of the front end that works on any port and host, by talking to wherever the page came from.

Reflex bakes the address of the back end, port included, into one chunk (`assets/reflex-env-*.js`); a build for one port
then never connects on another. After the build, and before compression, the baked origin becomes the page's own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reflex_base.plugins.base import Plugin

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Unpack

    from reflex_base.plugins.base import PostBuildContext

#: A string literal of the chunk that holds an address: quote, scheme, host and port, path, the same quote.
_BAKED = re.compile(r"""(["'`])(ws|http)://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?(/[\w\-/]*)\1""")
_OWN = {"http": "location.origin", "ws": 'location.origin.replace("http","ws")'}


class SameOrigin(Plugin):
    """Goes into `plugins=[...]` of rxconfig.py."""

    def post_build(self, **context: Unpack[PostBuildContext]) -> None:
        """Rewrite the one chunk; a Reflex that bakes the address elsewhere must not go unnoticed."""
        chunks = tuple((context["static_dir"] / "assets").glob("reflex-env-*.js"))
        if not any([_rewrite(chunk) for chunk in chunks]):  # noqa: C419 - every chunk, not only up to the first
            message = "the address of the back end was not found in the built front end"
            raise RuntimeError(message)


def own_origin(script: str) -> str:
    """The script with each baked address replaced by an expression for the page's own."""
    return _BAKED.sub(lambda found: f'({_OWN[found[2]]}+"{found[3]}")', script)


def _rewrite(chunk: Path) -> bool:
    baked = chunk.read_text(encoding="utf-8")
    rewritten = own_origin(baked)
    chunk.write_text(rewritten, encoding="utf-8")
    return rewritten != baked
