"""Banks and design tables whose balance is known beforehand."""

from collections.abc import Callable

from caselens.cases import Bank, Entry
from caselens.cases.design import ATTRIBUTES, Design
from caselens.learners import generated_bank
from tests.samples import words


def made_up(size: int) -> Bank:
    """Return a bank whose words mean nothing and whose keys are balanced."""
    return generated_bank(size, seed=11, vocabulary=words())


def table(
    bank: Bank,
    gender: Callable[[Entry], str] = lambda entry: "woman",
    lens: Callable[[Entry], str] = lambda entry: "either",
) -> Design:
    """Return a row for every case; only gender and lens may vary."""
    plain = dict.fromkeys(ATTRIBUTES, "the same")
    rows = [
        plain
        | {
            "row": f"d{number}",
            "case": name,
            "size": "full",
            "goal": None,
            "gender": gender(entry),
            "lens": lens(entry),
        }
        for number, (name, entry) in enumerate(sorted(bank.entries.items()))
    ]
    return Design.model_validate({"rows": rows})


def answer(entry: Entry, kind: str, part: str) -> str:
    """Return the keyed answer to a part of a made-up case."""
    return entry.key.tasks[f"{entry.case.id}-{kind}"].parts[part].answer


def with_parts(bank: Bank, kind: str, change: Callable[[dict], None]) -> Bank:
    """Return a bank in which `change` was made to the keys of one kind of task."""
    entries = {}
    for name, entry in bank.entries.items():
        key = entry.key.model_dump()
        change(key["tasks"][f"{name}-{kind}"]["parts"])
        entries[name] = Entry(
            entry.case,
            type(entry.key).model_validate(key),
            entry.side,
            entry.case_source,
            entry.key_source,
        )
    return Bank(bank.vocabulary, entries)
