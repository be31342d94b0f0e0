"""What the log's entries are about, as people call it: the name of the person, the file, the course, and its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from spm_app.compensation.service import naming as compensation
from spm_app.crm import service as crm
from spm_app.people import service as people
from spm_app.training import service as training
from spm_app.ui import words
from spm_app.ui.catalogue import say, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from spm_app.infra.db import Work
    from spm_app.kernel.rights import Actor, Role
    from spm_app.ui.pages import Page

#: How many names one question asks for.
_AT_ONCE = 500
#: Details that hold the number of something with a name of its own.
_REFERENCES = {
    "title_id": "title",
    "team_id": "team",
    "parent": "team",
    "manager_id": "person",
    "person": "person",
    "payee": "person",
    "successor": "person",
    "course": "course",
    "run": "run",
}
#: Where the page of something is, when its number stands in the address.
_PAGES = {
    "person": "/people/",
    "deal": "/deals/",
    "import": "/imports/",
    "goal": "/targets/",
    "course": "/learning/",
    "dispute": "/disputes/",
    "payroll": "/payments/",
}
#: The pages of things that have none of their own.
_LISTS = {"team": "/people/org", "badge": "/badges", "people": "/people"}


@dataclass(frozen=True, slots=True)
class Named:
    """A subject in words; `href` is empty where no page shows it."""

    text: str
    href: str = ""


#: Who may open which page, by the parts of its route; empty means everybody who is signed in.
_routes: dict[tuple[str, ...], frozenset[Role]] = {}


def know(pages: Iterable[Page]) -> None:
    """Say which pages there are: nobody gets a link to one that is not there or not for them."""
    _routes.clear()
    _routes.update({_parts(page.route): frozenset(page.roles) for page in pages})


def named(work: Work, subjects: Collection[str], actor: Actor) -> dict[str, Named]:
    """Each subject (`person:12`) in words, with its page if the actor may open it; the unknown keep their number."""
    lang = actor.language
    kinds: dict[str, list[str]] = {}
    for each in subjects:
        kind, _, key = each.partition(":")
        kinds.setdefault(kind, []).append(key)
    return {
        f"{kind}:{key}" if key else kind: _linked(_in_words(kind, key, found, lang), actor)
        for kind, keys in kinds.items()
        for at in range(0, len(keys), _AT_ONCE)
        for key, found in _found(work, kind, keys[at : at + _AT_ONCE], lang)
    }


def mentioned(details: Mapping[str, Any]) -> Iterator[str]:
    """The subjects that details refer to, at any depth."""
    for name, value in details.items():
        if isinstance(value, dict):
            yield from mentioned(cast("dict[str, Any]", value))
        elif found := reference(name, value):
            yield found


def reference(name: str, value: object) -> str:
    """The subject behind a detail that holds a number (`person:12`); empty when it holds something else."""
    kind = _REFERENCES.get(name, "")
    return f"{kind}:{value}" if kind and isinstance(value, int) and not isinstance(value, bool) else ""


def _in_words(kind: str, key: str, found: Named, lang: str) -> Named:
    if f"gate.subject.{kind}" not in texts():
        return Named(f"{kind} {key}".strip())
    page = f"{_PAGES[kind]}{key}" if kind in _PAGES and key.isdecimal() else _LISTS.get(kind, "")
    text = say(lang, "gate.subject.somebody") if key == "unknown" else found.text
    return Named(say(lang, f"gate.subject.{kind}", name=text), found.href or page)


def _linked(found: Named, actor: Actor) -> Named:
    asked = found.href.split("/")
    roles = next((roles for route, roles in _routes.items() if _leads(route, asked)), None)
    may_open = roles is not None and (not roles or not roles.isdisjoint(actor.roles))
    return found if may_open else Named(found.text)


def _leads(route: tuple[str, ...], asked: Sequence[str]) -> bool:
    return len(route) == len(asked) and all(part in {"*", given} for part, given in zip(route, asked, strict=True))


def _parts(route: str) -> tuple[str, ...]:
    return tuple("*" if part.startswith("[") else part for part in route.split("/"))


def _found(work: Work, kind: str, keys: Sequence[str], lang: str) -> Iterator[tuple[str, Named]]:
    names = _NAMES[kind](work, keys, lang) if kind in _NAMES else {}
    yield from ((key, names.get(key, Named(key))) for key in keys)


def _numbers(keys: Collection[str]) -> set[int]:
    return {int(each) for each in keys if each.isascii() and each.isdecimal()}


def _persons(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    del lang
    return {str(each.id): Named(each.name) for each in people.persons(work) if str(each.id) in keys}


def _titles(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    del keys, lang
    return {str(each.id): Named(each.name) for each in people.titles(work)}


def _teams(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    del keys, lang
    return {str(each.id): Named(each.name) for each in people.teams(work, people.today(work))}


def _imports(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    del lang
    return {str(number): Named(name) for number, name in crm.import_names(work, _numbers(keys)).items()}


def _courses(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    del keys
    return {str(number): Named(title) for number, title in training.titles(work, lang).items()}


def _learning(kind: str) -> Callable[[Work, Collection[str], str], dict[str, Named]]:
    """An enrolment, an attempt or a badge is called after its person and its course."""

    def names(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
        found = training.about(work, kind, _numbers(keys))
        persons = {each.id: each.name for each in people.persons(work)}
        titles = training.titles(work, lang)
        return {
            str(number): Named(f"{persons.get(person, person)}, {titles.get(course, course)}", f"/learning/{course}")
            for number, (person, course) in found.items()
        }

    return names


def _plan_versions(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    found = compensation.plan_versions(work, _numbers(keys))
    return {
        str(each.id): Named(
            say(lang, "gate.subject.version", name=each.plan_name, number=each.number), f"/plans/{each.plan_id}"
        )
        for each in found
    }


def _runs(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    found = compensation.periods_of_runs(work, _numbers(keys))
    return {str(run): Named(f"{run}, {words.period(code, lang)}", f"/runs/{code}") for run, code in found.items()}


def _periods(work: Work, keys: Collection[str], lang: str) -> dict[str, Named]:
    del work
    return {code: Named(words.period(code, lang), f"/runs/{code}") for code in keys}


_NAMES: dict[str, Callable[[Work, Collection[str], str], dict[str, Named]]] = {
    "person": _persons,
    "title": _titles,
    "team": _teams,
    "import": _imports,
    "course": _courses,
    "enrolment": _learning("enrolment"),
    "attempt": _learning("attempt"),
    "badge": _learning("badge"),
    "plan_version": _plan_versions,
    "run": _runs,
    "period": _periods,
}
