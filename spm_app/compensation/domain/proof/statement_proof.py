"""A statement as a proof file: whole minor units, rates and shares in parts per million, fractions as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from spm_app.compensation.domain.proof.verify_proof import seal_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = "traguardo-proof/1"


def proof_of(
    head: Mapping[str, Any], components: Iterable[Mapping[str, Any]], adjustments: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Head (`payee`, `period`, `currency`, `digits`, `totals`, `run`), components with their lines, manual lines.

    Whoever shares a deal stands in it by a number that means nothing elsewhere: a payee's proof is not about others.
    """
    parts = [
        {**part, "lines": [{**line, "derivation": _unnamed(line["derivation"])} for line in part["lines"]]}
        for part in components
    ]
    return sealed({"format": FORMAT, **head, "components": parts, "adjustments": list(adjustments)})


def sealed(proof: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the seal over all of it. Values are made plain first, as they will be read."""
    plain: dict[str, Any] = json.loads(json.dumps(proof, default=str))
    return {**plain, "seal": seal_of(plain)}


def _unnamed(derivation: Mapping[str, Any]) -> dict[str, Any]:
    """Owners by their place among the deal's owners, in the order in which remainders fall to them."""
    split = derivation.get("split") or [[derivation["owner"], 0]]
    places = {person: at for at, (person, _) in enumerate(split, 1)}
    told = {**derivation, "owner": places.get(derivation["owner"], 1)}
    return {**told, "split": [[places[person], share] for person, share in derivation.get("split", [])]}
