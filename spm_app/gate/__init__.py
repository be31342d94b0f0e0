"""Who may come in: the door (HTTP: sign-in, files, headers) and the gate (every event of every tab)."""

from spm_app.gate.setup import install

__all__ = ["install"]
