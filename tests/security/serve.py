"""`python -m tests.security.serve PORT`: the app with its gate and door, without built pages, for the socket suite."""

from __future__ import annotations

import sys

from reflex.utils.exec import run_backend_prod
from reflex_base.constants import Env, LogLevel
from reflex_base.environment import environment

if __name__ == "__main__":
    environment.REFLEX_ENV_MODE.set(Env.PROD)
    environment.REFLEX_SKIP_COMPILE.set(True)
    run_backend_prod("127.0.0.1", int(sys.argv[1]), LogLevel.WARNING, mount_frontend_compiled_app=False)
