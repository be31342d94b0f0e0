"""What the browser's own parts need to know: the address with its filters, the language of the document, shortcuts."""

from __future__ import annotations

import reflex as rx


class _Effect(rx.Fragment):
    """A part without looks that does one thing when its value changes."""

    value: rx.Var[str]

    def _exclude_props(self) -> list[str]:
        return ["value"]

    def add_imports(self) -> dict[str, str]:
        """React's hook."""
        return {"react": "useEffect"}


class _Address(_Effect):
    def add_hooks(self) -> list[str]:
        """Write the query without a visit, so that reload, share and bookmark bring the same rows."""
        return [
            f"""useEffect(() => {{
  const asked = {self.value!s};
  const wanted = window.location.pathname + (asked ? "?" + asked : "");
  if (wanted !== window.location.pathname + window.location.search)
    window.history.replaceState(window.history.state, "", wanted);
}}, [{self.value!s}]);"""
        ]


class _Language(_Effect):
    def add_imports(self) -> dict[str, str]:
        """React's hook, and the typeface, which we serve ourselves."""
        return {"react": "useEffect", "": "@fontsource-variable/inter/index.css"}

    def add_hooks(self) -> list[str]:
        """Say the language to screen readers and keep it for the next visit before sign-in; it is no secret."""
        return [
            f"""useEffect(() => {{
  if (!{self.value!s}) return;
  document.documentElement.lang = {self.value!s};
  document.cookie = "spm_lang=" + {self.value!s} + "; path=/; max-age=31536000; samesite=lax";
}}, [{self.value!s}]);"""
        ]


class _Shortcuts(_Effect):
    def add_hooks(self) -> list[str]:
        """`/` and Ctrl-K open the search, `?` the list of shortcuts; never while somebody types."""
        return [
            """useEffect(() => {
  const pressed = (event) => {
    const typing = /^(input|textarea|select)$/i.test(event.target.tagName) || event.target.isContentEditable;
    const find = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
    const list = event.key === "?" && !typing;
    if (!find && !list) return;
    event.preventDefault();
    document.getElementById(find ? "open-search" : "open-shortcuts")?.click();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}, []);"""
        ]


class _Top(_Effect):
    def add_imports(self) -> dict[str, list[str]]:
        """React's hooks."""
        return {"react": ["useEffect", "useRef"]}

    def add_hooks(self) -> list[str]:
        """A step that follows another is read from its beginning, wherever the button of the last one was."""
        return [
            f"""const shownStep = useRef({self.value!s});
useEffect(() => {{
  if (shownStep.current === {self.value!s}) return;
  shownStep.current = {self.value!s};
  window.scrollTo(0, 0);
}}, [{self.value!s}]);"""
        ]


def address(query: rx.Var[str]) -> rx.Component:
    """Keep the address bar's query at that text."""
    return _Address.create(value=query)


def document_language(lang: rx.Var[str]) -> rx.Component:
    """Keep `<html lang>` and the language cookie at that code."""
    return _Language.create(value=lang)


def from_the_top(step: rx.Var[int]) -> rx.Component:
    """Show the beginning of the page whenever that number changes."""
    return _Top.create(value=step.to_string())


def shortcuts() -> rx.Component:
    """Listen for the keys that work everywhere."""
    return _Shortcuts.create(value="")


def number_in(path: str) -> int:
    """The number at the end of an address; 0, which nothing has, when there is none."""
    asked = str(path).rstrip("/").rpartition("/")[2]
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 18 else 0
