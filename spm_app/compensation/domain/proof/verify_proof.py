"""Recompute the proof file of a statement to the cent: `python3 verify_proof.py FILE`.

Needs nothing but Python 3.9: everything is worked out again from the transactions, shares, quotas and terms in the file, in
exact fractions, and compared with what it says, a line for each figure. The exit status is 0 when all agree, 1 when one does
not (with its place), 2 when the file cannot be read. Whether the transactions happened your own records must say.
"""

from __future__ import annotations

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, Callable  # noqa: UP035 - one line

MILLION = 1_000_000
Terms = dict[str, Any]
Ends = tuple[Fraction, Fraction]
Piece = tuple[int, Fraction, Fraction]  # the number of a band, how much of the measure falls into it, what that earns


class Place:
    """A part of the file: says what was checked there. All share one tally: what agrees, what does not, the last place."""

    def __init__(self, say: Callable[[str], object], name: str, tally: list[Any]) -> None:
        self.say, self.name, self.tally = say, name, tally

    def inner(self, name: str) -> Place:
        """A part of this part."""
        self.tally[2] = f"{self.name}/{name}"
        return Place(self.say, self.tally[2], self.tally)

    def same(self, what: str, written: object, computed: object) -> None:
        """The file's figure against ours."""
        agrees = type(written) is type(computed) and written == computed
        self.tally[not agrees] += 1
        said = f"{written}" if agrees else f"the file says {written}, the arithmetic says {computed}"
        self.say(f"{'ok   ' if agrees else 'WRONG'}  {self.name}: {what}: {said}")


def check(proof: Terms, say: Callable[[str], object] = print) -> int:
    """Everything in the file. 0 when all agrees, 1 when something does not or is not understood."""
    at = Place(say, "file", [0, 0, "file"])
    try:
        at.same("format", proof["format"], "traguardo-proof/1")
        at.same("seal", proof["seal"], seal_of(proof))
        lines = [line for component in proof["components"] for line in component["lines"]]
        at.same("positions of lines", [each["position"] for each in lines], list(range(1, len(lines) + 1)))
        for component in proof["components"]:
            check_component(component, at.inner(f"{component['plan']}/{component['component']}"))
        check_totals(proof, at.inner("totals"))
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ZeroDivisionError) as error:
        say(f"WRONG  {at.tally[2]}: not understood: {type(error).__name__} {error}")
        return 1
    say(f"{at.tally[0]} figures agree, {at.tally[1]} do not")
    return 1 if at.tally[1] else 0


def seal_of(proof: Terms) -> str:
    """SHA-256 over everything but the seal, with sorted keys and without spaces."""
    rest = {key: value for key, value in proof.items() if key != "seal"}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_totals(proof: Terms, at: Place) -> None:
    """Components make what is earned; approved adjustments and the steps of the settlement make what is paid."""
    totals, steps = proof["totals"], proof["settlement"]
    at.same("earned", totals["earned"], sum(each["earned"] for each in proof["components"]))
    by_kind = {kind: sum(each["amount"] for each in steps if each["kind"] in kinds) for kind, kinds in KINDS.items()}
    manual = sum(each["amount"] for each in proof["adjustments"])
    at.same("adjusted", totals["adjusted"], manual + by_kind["adjusted"])
    at.same("held", totals["held"], -by_kind["held"])
    at.same("recovered", totals["recovered"], -by_kind["recovered"])
    at.same("earned in the settlement", by_kind["earned"] if steps else totals["earned"], totals["earned"])
    at.same("paid", totals["paid"], manual + (sum(each["amount"] for each in steps) if steps else totals["earned"]))
    for each in steps:
        if each["kind"] in STEPS:
            place = at.inner(f"{each['kind']} {each['component']} {each['transaction']}")
            place.same("step", each["amount"], STEPS[each["kind"]](each["derivation"]))
    if proof["payment"]:
        rate = Fraction(proof["payment"]["exchange"]) * Fraction(10) ** proof["payment"]["shift"]
        at.same("paid in other money", proof["payment"]["amount"], half_up(totals["paid"] * rate))


def check_component(component: Terms, at: Place) -> None:
    """Credits, measure, quota, what each line earns, and the rounding: half up once, lines so that they add up to it."""
    terms, lines = component["derivation"], component["lines"]
    unknown = sorted({*terms, *(f"own {key}" for key in terms.get("own", ()))} - KNOWN)
    if unknown:
        at.same("terms that this script does not know", unknown, [])
        return
    order = [(each["day"], each["transaction"]) for each in lines]
    at.same("order of lines", order, sorted(order))
    alone, measure, run = terms["accumulate"] == "transaction", terms.get("prior", 0), Fraction(0)
    whole, exact, uncapped = measure + sum(each["credit"] for each in lines), [Fraction(0) for _ in lines], Fraction(0)
    for number, line in enumerate(lines):
        place = at.inner(line["transaction"])
        check_credit(line, terms, place)
        raw = check_pay(line, terms, (0, line["credit"]) if alone else (measure, whole), place)
        exact[number], run = limited(raw, terms, run)
        uncapped += raw * factor_of(terms)
        place.same("exact pay", Fraction(line["derivation"]["exact"]), exact[number])
        measure += line["credit"]
    at.same("lines", terms["lines"], len(lines))
    check_quota(component, at)
    ends = Fraction(terms.get("prior", 0)), Fraction(whole)
    check_pieces(terms["slices"], [] if alone else pieces(terms, ends, ends[1]), terms, at)
    at.same("exact pay", Fraction(terms["exact"]), sum(exact, Fraction(0)))
    at.same("kept back by caps", terms.get("withheld", 0), half_up(uncapped - sum(exact, Fraction(0))))
    earned = half_up(sum(exact, Fraction(0)))
    at.same("measure", [component["measure"], terms["measure"]], [whole, whole])
    at.same("earned", [component["earned"], terms["earned"]], [earned, earned])
    for line, amount in zip(lines, largest_remainders(exact, earned)):
        at.inner(line["transaction"]).same("pay", line["amount"], amount)


def factor_of(terms: Terms) -> Fraction:
    """What gates and modifiers multiply: nothing below the threshold."""
    return Fraction(0 if "below" in terms.get("own", {}) else terms.get("own", {}).get("factor", 1))


def limited(raw: Fraction, terms: Terms, run: Fraction) -> tuple[Fraction, Fraction]:
    """What a line earns after factor and caps, and what all lines so far came to before the component's cap."""
    own, by_factor = terms.get("own", {}), raw * factor_of(terms)
    if "line_cap" in own:
        by_factor = max(min(by_factor, Fraction(own["line_cap"])), -Fraction(own["line_cap"]))
    if "cap" not in own:
        return by_factor, run + by_factor
    return min(run + by_factor, Fraction(own["cap"])) - min(run, Fraction(own["cap"])), run + by_factor


def check_credit(line: Terms, terms: Terms, at: Place) -> None:
    """The payee's part of the deal: each owner's part rounded down, the rest to the largest remainders."""
    told = line["derivation"]
    split = told["split"] or [[told["owner"], MILLION]]
    at.same("shares make a whole", sum(share for _, share in split), MILLION)
    parts = largest_remainders([Fraction(told["deal"] * share, MILLION) for _, share in split], told["deal"])
    at.same("credit and pay", [told["credit"], told["amount"]], [line["credit"], line["amount"]])
    at.same("paid as", line["role"], terms["to"])
    if told["owners"] == 1:
        own = [person for person, _ in split].index(told["owner"])
        at.same("share", told["share"], split[own][1])
        at.same("credit", line["credit"], parts[own])
        return
    owners = [(share, credit) for (_, share), credit in zip(split, parts)]
    found = [credit for share, credit in choices(owners, told["owners"]) if share == told["share"]]
    at.same("credit of the team", line["credit"], line["credit"] if line["credit"] in found else found)


def choices(owners: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Share and credit of every choice of so many owners: which of them are below a manager is not in the file."""
    if count == 0:
        return [(0, 0)]
    rest = [(own, choices(owners[at + 1 :], count - 1)) for at, own in enumerate(owners)]
    return [(own[0] + share, own[1] + credit) for own, found in rest for share, credit in found]


def check_quota(component: Terms, at: Place) -> None:
    """A part of the period has its part of the quota, by days, rounded half up, at least one minor unit."""
    quota, part = component["derivation"]["quota"], component["derivation"]["part"]
    at.same("quota", component["quota"], quota)
    if part:
        by_days = half_up(Fraction(part["quota"] * part["days"], part["of"])) if (part["quota"] or 0) > 0 else None
        at.same("quota by days", quota, part["quota"] if by_days is None else max(1, by_days))


def check_pay(line: Terms, terms: Terms, stood: tuple[int, int], at: Place) -> Fraction:
    """What the table makes of a line, between where the measure stood before and after it; `stood` ends where it ended."""
    told, credit, (before, reached) = line["derivation"], line["credit"], stood
    at.same("measure before", told["before"], before)
    at.same("measure after", told["after"], before + credit)
    start = Fraction(before if terms["kind"] in ("marginal", "hybrid", "interpolated") else 0)
    found = pieces(terms, (start, start + credit), Fraction(reached))
    check_pieces(told["slices"], found, terms, at)
    return sum((earned for _, _, earned in found), Fraction(0))


def check_pieces(written: list[Terms], found: list[Piece], terms: Terms, at: Place) -> None:
    """The slices that the file shows are those that the table cuts, at the table's own rates or amounts."""
    told = [(each["band"], Fraction(each["amount"]), Fraction(each["earned"])) for each in written]
    at.same("slices", [[*map(str, each)] for each in told], [[*map(str, each)] for each in found])
    for each in written:
        if "rate" in each:
            at.same(f"rate of band {each['band']}", each["rate"], terms["bands"][each["band"]][2])
        else:
            worth = WORTH[terms.get("worth", "rate")](terms, *terms["bands"][each["band"]][2:])[1]
            parts = [Fraction(each["pays"]), Fraction(each["earned"]) * Fraction(each["width"])]
            at.same(f"worth of band {each['band']}", parts, [worth, Fraction(each["amount"]) * worth])


def half_up(value: Fraction) -> int:
    """To the nearest whole, halves away from nothing."""
    return int((2 * abs(value) + 1) // 2) * (1 if value >= 0 else -1)


def largest_remainders(exact: list[Fraction], whole: int) -> list[int]:
    """Numbers that add up to `whole`: all rounded down, what is missing to the largest remainders, the first first."""
    down = [value.numerator // value.denominator for value in exact]
    by_rest = sorted(range(len(exact)), key=lambda at: (down[at] - exact[at], at))
    for at in by_rest[: whole - sum(down)]:
        down[at] += 1
    return down


def pieces(terms: Terms, ends: Ends, reached: Fraction) -> list[Piece]:
    """The stretch of the measure cut at the bands' bounds. Without a quota there is no attainment, and no pay."""
    unit = UNITS[terms["over"]](terms)
    if unit is None:
        return []
    bands = [
        (at, low * unit, None if high is None else high * unit, *WORTH[terms.get("worth", "rate")](terms, rate, pays))
        for at, (low, high, rate, pays) in enumerate(terms["bands"])
    ]
    return TABLES[terms["kind"]](terms, bands, ends, reached)


def _overlaps(bands: list[Any], ends: Ends) -> list[tuple[Any, Fraction]]:
    """How much of the stretch lies in each band, with a minus when it runs backward; the first goes on below itself."""
    low, high, sign = min(ends), max(ends), 1 if ends[0] <= ends[1] else -1
    tops = [high if band[2] is None else min(high, band[2]) for band in bands]
    cut = [top - (low if band[0] == 0 else max(low, band[1])) for band, top in zip(bands, tops)]
    return [(band, sign * size) for band, size in zip(bands, cut) if size > 0]


def _marginal(terms: Terms, bands: list[Any], ends: Ends, _reached: Fraction) -> list[Piece]:
    """Each band pays for what lies in it: its rate, or the part of its worth that is filled."""
    filled = terms["kind"] == "interpolated"
    return [
        (band[0], size, size / (band[2] - band[1]) * band[4] if filled else size * band[3])
        for band, size in _overlaps(bands, ends)
    ]


def _whole(terms: Terms, bands: list[Any], ends: Ends, reached: Fraction) -> list[Piece]:
    band = _band_of(terms, bands, reached)
    return [(band[0], ends[1] - ends[0], (ends[1] - ends[0]) * band[3])]


def _step(terms: Terms, bands: list[Any], ends: Ends, reached: Fraction) -> list[Piece]:
    band = _band_of(terms, bands, reached)
    return [(band[0], ends[1] - ends[0], (ends[1] - ends[0]) / reached * band[4])] if reached > 0 else []


def _hybrid(terms: Terms, bands: list[Any], ends: Ends, reached: Fraction) -> list[Piece]:
    """Below the point in one way, where only bands that begin below it can be reached; above it in another."""
    point = terms["point"] * (UNITS[terms["over"]](terms) or 0)
    begun = [band for band in bands if band[0] == 0 or band[1] < point]
    found: list[Piece] = []
    for way, among, cut in zip(terms["ways"], (begun, bands), (min, max)):
        part = cut(ends[0], point), cut(ends[1], point)
        if part[0] != part[1]:
            found += (_marginal if way == "marginal" else _whole)(terms, among, part, reached)
    return found


def _band_of(terms: Terms, bands: list[Any], reached: Fraction) -> Any:
    """The band that a measure falls into; on a bound the upper one, unless the plan says the lower one."""
    upper = terms["bound"] == "lower_inclusive"
    passed = [band for band in bands if reached > band[1] or (upper and reached == band[1])]
    return passed[-1] if passed else bands[0]


def main(words: list[str], say: Callable[[str], object] = print) -> int:
    """The command line. A file with a number that is not whole is no proof."""
    try:
        proof = json.loads(Path(words[0]).read_text(encoding="utf-8"), parse_float=int)
    except (OSError, ValueError, IndexError) as error:
        say(f"WRONG  file: cannot be read ({error}). Usage: python3 verify_proof.py FILE")
        return 2
    return check(proof, say)


# fmt: off
UNITS: dict[str, Callable[[Terms], Fraction | None]] = {
    "attainment": lambda terms: Fraction(terms["quota"], MILLION) if (terms["quota"] or 0) > 0 else None,
    "amount": lambda _: Fraction(1),
}
TABLES = {"flat": _whole, "whole_amount": _whole, "marginal": _marginal, "interpolated": _marginal, "step": _step, "hybrid": _hybrid}
#: What a unit of the measure earns in a band, and what the band is worth.
WORTH: dict[str, Callable[[Terms, int, int], tuple[Fraction, Fraction]]] = {
    **dict.fromkeys(("rate", "amount"), lambda by, rate, pays: (Fraction(rate, MILLION) * Fraction(by.get("own", {}).get("icr", 1)), Fraction(pays))),
    "each": lambda _, __, pays: (Fraction(pays, MILLION), Fraction(0)),
    "target": lambda terms, rate, _: (Fraction(0), Fraction(terms["own"]["target"]) * rate / MILLION),
}
KNOWN = frozenset(["plan", "name", "when", "to", "levels", "kind", "over", "bound", "accumulate", "bands", "point", "ways", "measure", "quota", "part", "lines", "slices", "exact", "earned", "reason", "own", "worth", "prior", "withheld", "own target", "own icr", "own gates", "own modifiers", "own factor", "own below", "own cap", "own line_cap"])
#: Which steps of a settlement make which total, and what a step comes to by its own terms.
KINDS = {"earned": ("earned",), "held": ("waits", "due", "held", "released"), "recovered": ("recovered", "taken_back"), "adjusted": ("late", "manual")}
STEPS: dict[str, Callable[[Terms], int]] = {
    "waits": lambda by: half_up(by["whole"] * Fraction(by["share"])) - by["whole"],
    **dict.fromkeys(("due", "released"), lambda by: half_up(by["whole"] * Fraction(by["share"])) - by["before"]),
    "held": lambda by: -half_up(Fraction(by["of"] * by["share"], MILLION)),
    "topped_up": lambda by: half_up(Fraction(by["draw"] * by["n"], by["of_days"])) - by["reached"],
}


if __name__ == "__main__":  # pragma: no cover - run as a script, in a process of its own
    sys.exit(main(sys.argv[1:]))
