"""Reflex's own settings: nothing is sent anywhere, no badge, Tailwind for the looks."""

import os

import reflex as rx

_PORT = int(os.environ.get("PORT", "3000"))

config = rx.Config(
    app_name="spm_app",
    frontend_port=_PORT,
    backend_port=_PORT,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[rx.plugins.TailwindV4Plugin()],
    disable_plugins=[rx.plugins.SitemapPlugin],
    cors_allowed_origins=[f"http://localhost:{_PORT}", f"http://127.0.0.1:{_PORT}"],
)
