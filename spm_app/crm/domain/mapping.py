"""What is to be done with which files: the request of an import, which can be kept, shown, changed and done again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from spm_app.crm.domain.fields import bare
from spm_app.crm.domain.imports import Kind
from spm_app.crm.domain.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Act(StrEnum):
    """What a value of the source is: one of ours, a new one, or nothing that we keep."""

    IS = "is"
    CREATE = "create"
    LEAVE = "leave"


class Asked(StrEnum):
    """The fields whose values need to be understood."""

    STAGE = "stage"
    OWNER = "owner"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one value means: for `IS`, `target` is an outcome, a person's name or a product's external id."""

    act: Act
    target: str = ""


@dataclass(frozen=True, slots=True)
class FileRequest:
    """One file: what it is called, the name its content is kept under, what its rows are and how it is read."""

    filename: str
    content: str
    kind: Kind
    layout: Layout
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """An import as it is asked for. `staff_since` is the first day of people who are created on the way.

    `makes_people`, `makes_accounts` and `makes_products` say whether those that deals name and nobody knows are
    created; otherwise such deals are refused. `meanings` go before that.
    """

    source: str
    currency: str
    files: tuple[FileRequest, ...]
    meanings: Mapping[Asked, Mapping[str, Meaning]] = field(default_factory=dict[Asked, "Mapping[str, Meaning]"])
    makes_people: bool = False
    makes_accounts: bool = False
    makes_products: bool = False
    staff_since: date | None = None

    def of(self, kind: Kind) -> FileRequest | None:
        """The file with rows of that kind, if there is one."""
        return next((each for each in self.files if each.kind is kind), None)


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """How one kind of source is understood, kept by name: everything of a request but the files themselves."""

    name: str
    source: str
    currency: str
    layouts: Mapping[Kind, Layout]
    columns: Mapping[Kind, Mapping[str, str]]
    meanings: Mapping[Asked, Mapping[str, Meaning]]
    makes_people: bool = False
    makes_accounts: bool = False
    makes_products: bool = False


def as_json(request: Request) -> dict[str, Any]:
    """The request as JSON values."""
    return asdict(request) | {"staff_since": request.staff_since.isoformat() if request.staff_since else None}


def from_json(said: Mapping[str, Any]) -> Request:
    """The request that `as_json` spelled."""
    return Request(
        source=said["source"],
        currency=said["currency"],
        files=tuple(
            FileRequest(
                each["filename"], each["content"], Kind(each["kind"]), Layout(**each["layout"]), each["columns"]
            )
            for each in said["files"]
        ),
        meanings=meanings_from(said["meanings"]),
        makes_people=said["makes_people"],
        makes_accounts=said["makes_accounts"],
        makes_products=said["makes_products"],
        staff_since=date.fromisoformat(said["staff_since"]) if said["staff_since"] else None,
    )


def meanings_from(said: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[Asked, dict[str, Meaning]]:
    """Meanings out of JSON."""
    return {
        Asked(asked): {value: Meaning(Act(each["act"]), each["target"]) for value, each in values.items()}
        for asked, values in said.items()
    }


def guess_outcome(stage: str) -> str:
    """Won, lost or open, by what stages are usually called in English and Italian."""
    word = bare(stage)
    if any(each in word for each in ("lost", "persa", "perso", "cancel", "annullat", "disqualif", "abandon")):
        return "lost"
    return "won" if any(each in word for each in ("won", "vinta", "vinto", "converted", "signed", "firmat")) else "open"


def guess_same(value: str, known: Iterable[str]) -> Meaning | None:
    """The one known name that differs in spaces, signs or case alone; None where a person has to decide."""
    alike = {each for each in known if bare(each) == bare(value)}
    return Meaning(Act.IS, alike.pop()) if len(alike) == 1 else None
