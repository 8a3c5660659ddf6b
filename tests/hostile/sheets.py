"""Hostile answers: what is written into `answers.json`."""

import json
import pickle

from tests.hostile.payloads import MARKUP, NASTY, SLOW, touch
from tests.hostile.scene import Corpus, Data, Scene

SHEETS = Corpus()
UNUSABLE = "The submitted answers.json cannot be used"
OFF_LIST = "is not on the list"
GOALS, LENS, UPDATE = "c003-goals", "c003-lens", "c003-update-1"
EVIDENCE, TEXT = "c003-evidence-1", "c003-write-1"
NAMES = ("__class__", "__proto__", "constructor", "__init__", "%s%n", "{0}", "$x")


class Bomb:
    """What a pickle executes when it is read."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> object:
        return exec, (self.command,)


@SHEETS.add(told=UNUSABLE, lost=None)
def a_pickle(scene: Scene) -> None:
    scene.answers.write_bytes(pickle.dumps(Bomb(touch(scene.canary))))


@SHEETS.add(told=UNUSABLE, lost=None)
def a_yaml_object(scene: Scene) -> None:
    command = f"!!python/object/apply:os.system ['touch {scene.canary}']\n"
    scene.answers.write_text(command)


@SHEETS.add(told=UNUSABLE, lost=None)
def python(scene: Scene) -> None:
    scene.answers.write_text(f"({touch(scene.canary).strip()}) or {{}}")


@SHEETS.add(told=UNUSABLE, lost=None)
def deep_json(scene: Scene) -> None:
    body = b'{"format": 1, "unit": "' + scene.unit.id.encode() + b'", "tasks": '
    scene.answers.write_bytes(body + b'{"x":' * 90_000 + b"1" + b"}" * 90_001)


@SHEETS.add(told=UNUSABLE, lost=None)
def levels_within_a_value(scene: Scene) -> None:
    value: object = 1
    for _ in range(400):
        value = [value]
    scene.value(GOALS, value)


@SHEETS.add(told=UNUSABLE, lost=None)
def not_a_number(scene: Scene) -> None:
    scene.value(GOALS, float("nan"))


@SHEETS.add(told=UNUSABLE, lost=None)
def infinite(scene: Scene) -> None:
    _replace(scene, '"confidence": null', '"confidence": 1e999')


@SHEETS.add(told=UNUSABLE, lost=None)
def a_number_of_a_hundred_thousand_digits(scene: Scene) -> None:
    _replace(scene, '"confidence": null', '"confidence": ' + "9" * 100_000)


def _replace(scene: Scene, old: str, new: str) -> None:
    body = json.dumps(json.loads(scene.answers.read_bytes()))
    assert old in body
    scene.answers.write_text(body.replace(old, new), "utf-8")


@SHEETS.add(flagged=False)
def large_numbers(scene: Scene) -> None:
    def how(data: Data) -> None:
        data["revision"] = -(10**4000)
        for task in data["tasks"].values():
            task |= {"revision": 10**4000, "confidence": 10**4000, "ratings": {"x": -1}}

    scene.sheet(how)


@SHEETS.add(told=UNUSABLE, lost=None)
def utf16(scene: Scene) -> None:
    scene.answers.write_bytes(scene.answers.read_text("utf-8").encode("utf-16"))


@SHEETS.add(told=UNUSABLE, lost=None)
def a_byte_order_mark(scene: Scene) -> None:
    scene.answers.write_bytes(b"\xef\xbb\xbf" + scene.answers.read_bytes())


@SHEETS.add(told=UNUSABLE, lost=None)
def nul_bytes(scene: Scene) -> None:
    scene.answers.write_bytes(b"\0" * 1_000_000)


@SHEETS.add(refused="larger than")
def sparse_and_huge(scene: Scene) -> None:
    with scene.answers.open("ab") as stream:
        stream.truncate(50_000_000)


@SHEETS.add(told="belongs to the unit", lost=None)
def another_units_answers(scene: Scene) -> None:
    scene.sheet(lambda data: data.update(unit="m04_u05_graded_other"))


@SHEETS.add(told="belongs to the unit", lost=None)
def a_unit_of_two_megabytes(scene: Scene) -> None:
    scene.sheet(lambda data: data.update(unit=MARKUP[0] + "x" * 2_000_000))


@SHEETS.add(told="belongs to the unit", lost=None)
def a_unit_of_markup(scene: Scene) -> None:
    scene.sheet(lambda data: data.update(unit=NASTY))


@SHEETS.add(told=UNUSABLE, lost=None)
def a_format_of_four_thousand_digits(scene: Scene) -> None:
    scene.sheet(lambda data: data.update(format=10**4000))


@SHEETS.add(told="tasks that this unit does not have")
def tasks_with_the_names_of_paths(scene: Scene) -> None:
    names = ("../../../etc/passwd", "c003-goals/../x", *NAMES, MARKUP[1], NASTY)
    extra = {name: {"value": {"parts": {}}} for name in names}
    scene.sheet(lambda data: data["tasks"].update(extra))


@SHEETS.add(told="tasks that this unit does not have")
def fifty_thousand_tasks(scene: Scene) -> None:
    extra = {f"x{number}": {"value": 1} for number in range(50_000)}
    scene.sheet(lambda data: data["tasks"].update(extra))


@SHEETS.add(flagged=False)
def cases_with_the_names_of_paths(scene: Scene) -> None:
    names = ("../../graded/keys/c003", "/etc/passwd", *NAMES, MARKUP[0])
    cases = dict.fromkeys(names, "0" * 64)
    scene.sheet(lambda data: data["cases"].update(cases))


@SHEETS.add(told="another version")
def the_digest_of_another_case(scene: Scene) -> None:
    # Where unit.json names the version, the digests in the answers count for nothing.
    (scene.folder / "unit.json").unlink()
    scene.sheet(lambda data: data["cases"].update(c003=MARKUP[0]))


@SHEETS.add(told="unknown parts", lost=())
def parts_with_odd_names(scene: Scene) -> None:
    def how(data: Data) -> None:
        for name in NAMES:
            data["tasks"][GOALS]["value"]["parts"][name] = {"choice": name}

    scene.sheet(how)


@SHEETS.add(told=OFF_LIST, lost=(GOALS, LENS, UPDATE))
def choices_of_markup_and_odd_types(scene: Scene) -> None:
    odd = [NASTY, ["asked"], {"asked": 1}, 1e308, True, 10**4000, "__class__"]

    def how(data: Data) -> None:
        for task in (GOALS, LENS, UPDATE):
            parts = data["tasks"][task]["value"]["parts"]
            for number, part in enumerate(parts):
                parts[part] = {"choice": odd[number % len(odd)], "evidence": NASTY}

    scene.sheet(how)


@SHEETS.add(told="marks a sentence that is not in the case")
def sentences_that_do_not_exist(scene: Scene) -> None:
    odd = ["s999", MARKUP[0], None, ["s1"], {"s1": 1}, 10**400, "../s1"] * 99
    scene.sheet(
        lambda data: data["tasks"][EVIDENCE]["value"]["marked"].extend(odd),
    )


@SHEETS.add(told="could not be read", lost=(GOALS, EVIDENCE))
def values_of_the_wrong_type(scene: Scene) -> None:
    scene.value(GOALS, {"parts": [["clarity"]]})
    scene.value(EVIDENCE, [{"marked": {"s1": True}}])


@SHEETS.add(flagged=False)
def markup_in_writing(scene: Scene) -> None:
    def how(data: Data) -> None:
        for task in (TEXT, "c003-write-2", "c003-write-3"):
            data["tasks"][task] |= {"value": {"text": NASTY}, "first_text": NASTY}

    scene.sheet(how)


@SHEETS.add(flagged=False)
def half_characters_in_writing(scene: Scene) -> None:
    scene.value(TEXT, {"text": "\ud83d\x00\x0c\ud83d " * 99})


@SHEETS.add(flagged=False)
def writing_that_is_slow_to_read(scene: Scene) -> None:
    scene.value(TEXT, {"text": "\n".join(SLOW.values())[:190_000]})
    scene.value("c003-write-2", {"text": "\n" * 190_000})


@SHEETS.add(told="is longer than 200000 characters and was cut")
def writing_of_three_megabytes(scene: Scene) -> None:
    scene.value(TEXT, {"text": "<" * 3_000_000})


@SHEETS.add(flagged=False)
def a_name_twice(scene: Scene) -> None:
    body = scene.answers.read_text("utf-8").rstrip()
    scene.answers.write_text('{"unit": "other", "tasks": {},' + body[1:], "utf-8")


@SHEETS.add(flagged=False)
def markup_where_nobody_looks(scene: Scene) -> None:
    def how(data: Data) -> None:
        data |= {"begun": NASTY, "receipt": {"at": NASTY, "digest": NASTY}, NASTY: 1}
        for task in data["tasks"].values():
            task |= {"saved": NASTY, "history": [{NASTY: NASTY}], NASTY: NASTY}
            task |= {"__class__": "x", "__proto__": {"polluted": True}}

    scene.sheet(how)
