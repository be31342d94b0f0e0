"""Reflex's own settings: nothing is sent anywhere, no badge, Tailwind for the looks, one process that remembers."""

import os

import reflex as rx
from reflex_base.constants import StateManagerMode
from reflex_base.plugins.base import Plugin

from spm_app.cli.same_origin import SameOrigin
from spm_app.ui.theme import TAILWIND

_PORT = int(os.environ.get("PORT", "3000"))
_REDIS = os.environ.get("SPM_REDIS_URL") or None
_OWN = {f"http://localhost:{_PORT}", f"http://127.0.0.1:{_PORT}", os.environ.get("SPM_ORIGIN", "")}

_LOOKS = rx.plugins.TailwindV4Plugin(config=TAILWIND)
_PLUGINS: list[Plugin] = [_LOOKS, SameOrigin()]

config = rx.Config(
    app_name="spm_app",
    frontend_port=_PORT,
    backend_port=_PORT,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    state_manager_mode=StateManagerMode.REDIS if _REDIS else StateManagerMode.MEMORY,
    redis_url=_REDIS,
    plugins=_PLUGINS,
    disable_plugins=[rx.plugins.SitemapPlugin],
    frontend_packages=["@fontsource-variable/inter@5.2.8"],
    default_color_mode="system",
    cors_allowed_origins=sorted(_OWN - {""}),
)
