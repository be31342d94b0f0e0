"""Arrow keys that press buttons: previous and next without a mouse."""

from __future__ import annotations

import reflex as rx


class _Arrows(rx.Fragment):
    def add_imports(self) -> dict[str, str]:
        """React's hook."""
        return {"react": "useEffect"}

    def add_hooks(self) -> list[str]:
        """Left and right press the buttons with these ids, except while somebody types, chooses or scrolls a table."""
        return [
            """useEffect(() => {
  const ids = {ArrowLeft: "previous-activity", ArrowRight: "next-activity"};
  const pressed = (event) => {
    const busy = event.target.closest("input, textarea, select, [role=region], [role=dialog], pre, table");
    if (!(event.key in ids) || busy || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = document.getElementById(ids[event.key]);
    if (!target) return;
    event.preventDefault();
    target.click();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}, []);"""
        ]


def arrow_keys() -> rx.Component:
    """Listen on this page."""
    return _Arrows.create()
