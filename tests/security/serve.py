"""`python -m tests.security.serve PORT`: the app with its gate and door, without built pages, for the socket suite.

Two things are unlike the product: the echo, and how slowly a tab's bucket fills again. At the product's pace a machine
that answers fewer events a second than the bucket gets back could not be flooded, and the test would prove nothing.
"""

from __future__ import annotations

import sys
from typing import Any

from reflex.utils.exec import run_granian_backend_prod
from reflex_base.constants import Env, LogLevel
from reflex_base.environment import environment

from spm_app.gate.gatekeeper import Gate

#: Events a second; as many at once as in the product.
SLOWLY = 1.0


def served() -> Any:
    """The ASGI application that the server's process makes."""
    import tests.security.echo  # noqa: F401 - registers itself, in the process that serves and nowhere else
    from spm_app.spm_app import app

    for each in app._middlewares:
        if isinstance(each, Gate):
            each.buckets.rate = SLOWLY
    return app()


if __name__ == "__main__":
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(False)
    run_granian_backend_prod("127.0.0.1", int(sys.argv[1]), LogLevel.WARNING, app_target="tests.security.serve:served")
