"""`spm demo`: the demo company, in an empty installation."""

from __future__ import annotations

import time

from spm_app.cli import database
from spm_app.demo import service
from spm_app.infra.clock import now


def demo() -> int:
    """Fill an empty database with the demo company, two years of it up to today; refuses when anybody works here."""
    database.migrate()
    if not service.is_empty() and not service.was_cut_short():
        print("Somebody works here already: the demo company moves into an empty house only.")
        return 1
    fill()
    return 0


def fill() -> None:
    """The same without a word when there is somebody already, as on every start but the first."""
    if service.was_cut_short():
        print("The demo company was left half made last time: it is made anew.", flush=True)
        database.start_over()
    if service.is_empty():
        print(f"Filling the demo company, two years up to {now():%d %B %Y} ...", flush=True)
        begun = time.perf_counter()
        service.fill()
        print(f"Brezza is open for business ({time.perf_counter() - begun:.0f} s).", flush=True)


def sign_ins() -> str:
    """Who may be signed in as, as a table for the terminal; empty outside the demo."""
    known = service.demo_sign_ins()
    rows = [f"  {each.role.value:<12} {each.sign_in_name:<32} {each.password}" for each in known]
    return "\n".join(["", "Sign in as:", *rows]) if rows else ""
