"""The web server process: the built pages and the socket on one port. Started by `spm serve`.

All that we use of Reflex's internals to serve what is already built stands here: `reflex run --env prod` would compile
and build again at every start.
"""

from __future__ import annotations

import sys
from pathlib import Path

from reflex.utils.exec import run_backend_prod
from reflex_base.constants import Env, LogLevel
from reflex_base.environment import environment

from spm_app.cli.children import end_with_parent


def main(host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    end_with_parent()
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    sys.path.insert(0, str(Path.cwd()))
    run_backend_prod(host, port, LogLevel.WARNING, mount_frontend_compiled_app=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
