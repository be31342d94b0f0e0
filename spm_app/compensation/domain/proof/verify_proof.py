"""Recompute the proof file of a statement to the cent: `python3 verify_proof.py FILE`.

Needs nothing but Python 3.9 and knows nothing of the program that wrote the file: everything is worked out again from
the transactions, shares, quotas and terms in it, in exact fractions, and compared with what the file says. Prints a line
for each figure. The exit status is 0 when all agree, 1 when one does not (with its place), 2 when the file cannot be read.
What it cannot know is whether the transactions happened: compare their ids with your own records.
"""

from __future__ import annotations

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

MILLION = 1_000_000
Terms = dict[str, Any]
#: The number of a band, how much of the measure falls into it, what that earns: amounts in minor units.
Piece = tuple[int, Fraction, Fraction]
Ends = tuple[Fraction, Fraction]


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
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_totals(proof: Terms, at: Place) -> None:
    """Components make what is earned; approved adjustments and the steps of the settlement make what is paid."""
    totals, steps = proof["totals"], proof["settlement"]
    at.same("earned", totals["earned"], sum(each["earned"] for each in proof["components"]))
    by_kind = {kind: sum(each["amount"] for each in steps if each["kind"] in kinds) for kind, kinds in KINDS.items()}
    manual = sum(each["amount"] for each in proof["adjustments"])
    at.same("adjusted", totals["adjusted"], manual + by_kind["adjusted"])
    at.same("held", totals["held"], -by_kind["held"])
    at.same("recovered", totals["recovered"], -by_kind["recovered"])
    if steps:
        at.same("earned in the settlement", by_kind["earned"], totals["earned"])
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
    order = [(each["day"], each["transaction"]) for each in lines]
    at.same("order of lines", order, sorted(order))
    alone, measure, exact = terms["accumulate"] == "transaction", 0, [Fraction(0) for _ in lines]
    whole = sum(each["credit"] for each in lines)
    for number, line in enumerate(lines):
        check_credit(line, terms, at.inner(line["transaction"]))
        stood = (0, line["credit"]) if alone else (measure, whole)
        exact[number] = check_pay(line, terms, stood, at.inner(line["transaction"]))
        measure += line["credit"]
    at.same("lines", terms["lines"], len(lines))
    check_quota(component, at)
    if not alone:
        check_pieces(terms["slices"], pieces(terms, (Fraction(0), Fraction(whole)), Fraction(whole)), terms, at)
    at.same("exact pay", Fraction(terms["exact"]), sum(exact, Fraction(0)))
    earned = half_up(sum(exact, Fraction(0)))
    for what, computed in (("measure", whole), ("earned", earned)):
        at.same(what, component[what], computed)
        at.same(what, terms[what], computed)
    for line, amount in zip(lines, largest_remainders(exact, earned)):
        at.inner(line["transaction"]).same("pay", line["amount"], amount)


def check_credit(line: Terms, terms: Terms, at: Place) -> None:
    """The payee's part of the deal: each owner's part rounded down, the rest to the largest remainders."""
    told = line["derivation"]
    split = told["split"] or [[told["owner"], MILLION]]
    at.same("shares make a whole", sum(share for _, share in split), MILLION)
    parts = largest_remainders([Fraction(told["deal"] * share, MILLION) for _, share in split], told["deal"])
    at.same("credit", told["credit"], line["credit"])
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
    """What a line earns, exactly, between where the measure stood before it and after it; `stood` ends where it ended."""
    told, credit, (before, reached) = line["derivation"], line["credit"], stood
    at.same("measure before", told["before"], before)
    at.same("measure after", told["after"], before + credit)
    start = Fraction(before if terms["kind"] in RUNNING else 0)
    found = pieces(terms, (start, start + credit), Fraction(reached))
    check_pieces(told["slices"], found, terms, at)
    exact = sum((earned for _, _, earned in found), Fraction(0))
    at.same("exact pay", Fraction(told["exact"]), exact)
    at.same("pay", told["amount"], line["amount"])
    return exact


def check_pieces(written: list[Terms], found: list[Piece], terms: Terms, at: Place) -> None:
    """The slices that the file shows are those that the table cuts, at the table's own rates or amounts."""
    told = [(each["band"], Fraction(each["amount"]), Fraction(each["earned"])) for each in written]
    at.same("slices", [[*map(str, each)] for each in told], [[*map(str, each)] for each in found])
    for each in written:
        _, _, rate, pays = terms["bands"][each["band"]]
        is_rate = "rate" in each
        at.same(f"band {each['band']}", each["rate" if is_rate else "pays"], rate if is_rate else pays)
        worth = Fraction(rate, MILLION) if is_rate else pays / Fraction(each["width"])
        at.same(f"pay in band {each['band']}", Fraction(each["earned"]), worth * Fraction(each["amount"]))


def half_up(value: Fraction) -> int:
    """To the nearest whole, halves away from nothing."""
    size = int((2 * abs(value) + 1) // 2)
    return size if value >= 0 else -size


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
        (at, low * unit, None if high is None else high * unit, rate, pays)
        for at, (low, high, rate, pays) in enumerate(terms["bands"])
    ]
    return TABLES[terms["kind"]](terms, bands, ends, reached)


def _overlaps(bands: list[Any], ends: Ends) -> list[tuple[Any, Fraction]]:
    """How much of the stretch lies in each band, with a minus when it runs backward; the first goes on below itself."""
    low, high, sign = min(ends), max(ends), 1 if ends[0] <= ends[1] else -1
    tops = [high if band[2] is None else min(high, band[2]) for band in bands]
    cut = [top - (low if band[0] == 0 else max(low, band[1])) for band, top in zip(bands, tops)]
    return [(band, sign * size) for band, size in zip(bands, cut) if size > 0]


def _marginal(_terms: Terms, bands: list[Any], ends: Ends, _reached: Fraction) -> list[Piece]:
    return [(band[0], amount, amount * band[3] / MILLION) for band, amount in _overlaps(bands, ends)]


def _interpolated(_terms: Terms, bands: list[Any], ends: Ends, _reached: Fraction) -> list[Piece]:
    return [(band[0], amount, amount / (band[2] - band[1]) * band[4]) for band, amount in _overlaps(bands, ends)]


def _whole(terms: Terms, bands: list[Any], ends: Ends, reached: Fraction) -> list[Piece]:
    band = _band_of(terms, bands, reached)
    return [(band[0], ends[1] - ends[0], (ends[1] - ends[0]) * band[3] / MILLION)]


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
            found += (
                _marginal(terms, bands, part, reached) if way == "marginal" else _whole(terms, among, part, reached)
            )
    return found


def _band_of(terms: Terms, bands: list[Any], reached: Fraction) -> Any:
    """The band that a measure falls into; on a bound the upper one, unless the plan says the lower one."""
    upper = terms["bound"] == "lower_inclusive"
    passed = [band for band in bands if reached > band[1] or (upper and reached == band[1])]
    return passed[-1] if passed else bands[0]


# fmt: off
UNITS: dict[str, Callable[[Terms], Fraction | None]] = {
    "attainment": lambda terms: Fraction(terms["quota"], MILLION) if (terms["quota"] or 0) > 0 else None,
    "amount": lambda _: Fraction(1),
}
TABLES: dict[str, Callable[..., list[Piece]]] = {
    "flat": _whole, "whole_amount": _whole, "marginal": _marginal, "interpolated": _interpolated, "step": _step, "hybrid": _hybrid,
}
RUNNING = ("marginal", "hybrid", "interpolated")
#: Which steps of a settlement make which total, and what a step comes to by its own terms.
KINDS = {
    "earned": ("earned",), "held": ("waits", "due", "held", "released"), "recovered": ("recovered", "taken_back"), "adjusted": ("late", "manual"),
}
STEPS: dict[str, Callable[[Terms], int]] = {
    "waits": lambda by: half_up(by["whole"] * Fraction(by["share"])) - by["whole"],
    "due": lambda by: half_up(by["whole"] * Fraction(by["share"])) - by["before"],
    "released": lambda by: half_up(by["whole"] * Fraction(by["share"])) - by["before"],
    "held": lambda by: -half_up(Fraction(by["of"] * by["share"], MILLION)),
    "topped_up": lambda by: half_up(Fraction(by["draw"] * by["n"], by["of_days"])) - by["reached"],
}
# fmt: on


def main(words: list[str], say: Callable[[str], object] = print) -> int:
    """The command line."""
    if len(words) != 1:
        say("usage: python3 verify_proof.py FILE")
        return 2
    try:
        proof = json.loads(Path(words[0]).read_text(encoding="utf-8"), parse_float=_no_float)
    except (OSError, ValueError) as error:
        say(f"WRONG  file: cannot be read: {error}")
        return 2
    return check(proof, say)


def _no_float(text: str) -> int:
    message = f"{text} is not a whole number"
    raise ValueError(message)


if __name__ == "__main__":  # pragma: no cover - run as a script, in a process of its own
    sys.exit(main(sys.argv[1:]))
