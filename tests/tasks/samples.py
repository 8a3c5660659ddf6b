"""Small settings and keys, built by hand, and strategies for answers to them."""

from copy import deepcopy
from functools import cache
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from caselens.cases import Case, TaskKey, Vocabulary
from caselens.cases.vocabulary import LENSES
from caselens.tasks import Score, Setting, kind_of, score

PROPERTY = settings(max_examples=20, deadline=None, database=None)
HIT_KINDS = (
    "safety",
    "observe",
    "goals",
    "slots",
    "ask",
    "update",
    "lens",
    "translate",
)
CHOICE_KINDS = (*HIT_KINDS, "appraise")
SET_KINDS = ("pick", "link")
SCORED_KINDS = (*CHOICE_KINDS, *SET_KINDS, "order", "evidence")
ALL_KINDS = (*SCORED_KINDS, "write")
SENTENCES = tuple(f"s{one}" for one in range(1, 9))


def slot(name: str, group: str = "near") -> dict[str, str]:
    text = {"definition": f"What {name} is.", "example": "One.", "source": "x"}
    return {"id": name, "label": f"The {name}", "group": group, **text}


def goal(name: str) -> dict[str, str]:
    text = {"covers": "This.", "threshold": "So much."}
    return {"id": name, "name": name, "short": f"Goal {name}", **text}


def label(name: str) -> dict[str, str]:
    text = {"definition": f"What {name} means.", "example": "One.", "source": "x"}
    return {"id": name, "label": f"Label {name}", **text}


VOCABULARY = Vocabulary.model_validate(
    {
        "answers": [
            {"id": one, "label": f"Answer {one}", "help": "Help."}
            for one in ("asked", "proposed", "not_evident")
        ],
        "goals": [goal(one) for one in ("clarity", "distress", "coping", "other")],
        "shared": [slot("not_supported"), slot("too_early", "middle")],
        "cbt": [slot("situation"), slot("behaviour"), slot("core_belief", "far")],
        "dynamic": [slot("wish", "middle"), slot("repetition", "middle")],
        "labels": [
            {
                "id": "distortions",
                "name": "Thinking patterns",
                "group": "middle",
                "labels": [label(one) for one in ("all", "mind", "future", "must")],
            }
        ],
        "works": {"x": "Somebody, 1999"},
        "errors": [{"id": "jargon", "name": "jargon as reason", "text": "Say it."}],
        "rubrics": [
            {
                "id": "bridge",
                "title": "Bridge",
                "source": "x",
                "criteria": [
                    {
                        "id": "plain",
                        "name": "Plain",
                        "question": "Plain?",
                        "levels": [
                            {"points": 0, "label": "No", "text": "No."},
                            {"points": 2, "label": "Yes", "text": "Yes."},
                        ],
                    }
                ],
            },
            {
                "id": "formulation",
                "title": "Formulation",
                "source": "x",
                "criteria": [
                    {
                        "id": one,
                        "name": one.title(),
                        "question": f"Is it {one}?",
                        "levels": [
                            {"points": n, "label": f"Level {n}", "text": f"{n}."}
                            for n in range(4)
                        ],
                    }
                    for one in ("grounded", "tentative")
                ],
            },
        ],
    }
)


def texts_of(*ids: str) -> list[dict[str, str]]:
    return [{"id": one, "text": f"What {one} wrote."} for one in ids]


def statements(*ids: str) -> list[dict[str, str]]:
    return [{"id": one, "text": f"The statement {one}."} for one in ids]


def part(answer: str | None, **fields: Any) -> dict[str, Any]:
    return {"answer": answer, "why": "Because of s1.", **fields}


def cited(answer: str | None, *core: str, **fields: Any) -> dict[str, Any]:
    return part(answer, core=core, against={"s8": "of another day"}, **fields)


TASKS: dict[str, dict[str, Any]] = {
    "safety": {"questions": statements("q1", "q2", "q3", "q4")},
    "goals": {},
    "evidence": {"claim": "She goes when it is quiet."},
    "slots": {
        "lens": "cbt",
        "cite": True,
        "slots": [one.id for one in VOCABULARY.cbt + VOCABULARY.shared],
        "statements": statements("a1", "a2", "a3", "a4", "a5", "a6"),
    },
    "lens": {"statements": statements(*(f"l{one}" for one in range(1, 9)))},
    "observe": {"sentences": ["s1", "s2", "s3", "s4"]},
    "pick": {"labels": "distortions", "cite": True, "several": True},
    "link": {"of": "x001-slots"},
    "ask": {
        "questions": statements("q1", "q2", "q3", "q4"),
        "replies": statements("r1", "r2"),
        "hypotheses": ["h1", "h2"],
    },
    "update": {"hypotheses": ["h1", "h2", "h3"]},
    "translate": {
        "statements": statements("c1", "c2", "c3", "c4"),
        "counterparts": statements("k1", "k2", "k3", "k4"),
    },
    "order": {"statements": statements("p1", "p2", "p3", "p4")},
    "appraise": {"rubric": "formulation", "texts": texts_of("t1", "t2")},
    "write": {"prompt": "Write.", "words": [20, 40], "rubric": "bridge"},
}

KEYS: dict[str, dict[str, Any]] = {
    "safety": {
        "irrelevant": {"s7": "the weather"},
        "parts": {
            "self": cited("active", "s1", "s2", supporting=["s3"], explicit=True),
            "others": cited("denied", "s4"),
            "from_others": part("unclear", also="denied"),
            "medical": part("unclear", group="discussed"),
            "next": part("q2", wrong={"q1": {"why": "Too soon.", "error": "jargon"}}),
        },
    },
    "goals": {
        "irrelevant": {"s7": "the weather"},
        "parts": {
            "clarity": cited("asked", "s1", supporting=["s2", "s3"]),
            "distress": cited("proposed", "s4", "s5", also="asked"),
            "coping": part(
                "not_evident",
                wrong={"asked": {"why": "She did not ask.", "error": "jargon"}},
            ),
            "other": part("not_evident", group="far"),
        },
        "agenda": {"best": ["clarity", "distress"], "why": "She came for them."},
    },
    "evidence": {
        "irrelevant": {"s7": "the weather"},
        "parts": {
            "claim": part(
                None,
                core=["s1", "s2"],
                supporting=["s3"],
                against={"s5": "another room", "s6": "another day"},
            )
        },
    },
    "slots": {
        "parts": {
            "a1": cited("situation", "s1"),
            "a2": cited("behaviour", "s2", supporting=["s3"]),
            "a3": cited("behaviour", "s3", group="middle", also="situation"),
            "a4": part("not_supported"),
            "a5": part("too_early", group="middle"),
            "a6": cited("core_belief", "s4", group="far"),
        }
    },
    "lens": {
        "parts": {
            f"l{index}": part(lens, group=group)
            for index, (lens, group) in enumerate(
                zip([*LENSES] * 2, ["near"] * 6 + ["middle", "far"], strict=True),
                start=1,
            )
        }
    },
    "observe": {
        "parts": {
            "s1-source": part("observation"),
            "s2-source": part("report", also="observation"),
            "s3-source": part("inference"),
            "s4-source": part("report"),
            "s1-content": part("behaviour"),
            "s2-content": part("thought"),
            "s3-content": part("feeling", group="discussed"),
            "s4-content": part("situation"),
        }
    },
    "pick": {
        "irrelevant": {"s7": "the weather"},
        "parts": {
            "mind": cited("fits", "s1", "s2", group="middle"),
            "future": cited("fits", "s3", group="middle"),
            "all": part("no", group="middle", error="jargon"),
            "must": part("no", group="middle"),
        },
    },
    "link": {
        "irrelevant": {"s7": "the weather"},
        "parts": {
            "a1-a2": cited("leads_to", "s1", "s2", breaks="If she stayed."),
            "a2-a3": cited("keeps_going", "s3", also="leads_to"),
            "a3-a1": cited("repeats", "s4", group="far"),
            "a2-a1": part("no", error="jargon"),
            "a4-a1": part(
                "no", wrong={"leads_to": {"why": "No sentence.", "error": "jargon"}}
            ),
            "a5-a6": part("no", group="middle"),
        },
    },
    "ask": {
        "parts": {
            "next": part("q3", wrong={"q1": {"why": "Too soon.", "error": "jargon"}}),
            "r1-h1": part("more"),
            "r1-h2": part("less"),
            "r2-h1": part("equally"),
            "r2-h2": part("more", also="equally"),
        }
    },
    "update": {
        "parts": {"h1": part("more"), "h2": part("less"), "h3": part("equally")}
    },
    "translate": {
        "parts": {
            "c1": part("k3"),
            "c2": part("none"),
            "c3": part("k1", also="k4"),
            "c4": part("k2", group="middle"),
        }
    },
    "order": {
        "parts": {"p1": part("2"), "p2": part("4"), "p3": part("1"), "p4": part("3")}
    },
    "appraise": {
        "model": "Mended.",
        "look_for": ["A rival"],
        "parts": {
            "t1-grounded": part("0"),
            "t1-tentative": part("3", also="2"),
            "t2-grounded": part("2"),
            "t2-tentative": part("1", group="far"),
        },
    },
    "write": {"model": "She goes.\nWhy (s1)?", "look_for": ["A sentence"]},
}


def task_of(kind: str) -> dict[str, Any]:
    return {"id": f"x001-{kind}", "kind": kind, "stage": 1, **TASKS[kind]}


def setting_of(kind: str, /, points: float = 10, **fields: Any) -> Setting:
    """Return the sample task of a kind in its case; fields replace its own."""
    task = {**task_of(kind), **fields}
    # The elements of a link task are the statements of a slots task.
    others = [] if kind != "link" else [task_of("slots")]
    kinds = ("history", "client_words")
    case = Case.model_validate(
        {
            "id": "x001",
            "title": "Sample",
            "level": "introductory",
            "setting": "Here",
            "clients": [
                {"name": "N", "age": 40, "pronouns": "she", "context": "A b c d e"}
            ],
            "provenance": "Invented.",
            "stages": [
                {
                    "title": "One",
                    "sentences": [
                        {"id": one, "kind": kinds[number % 2], "text": f"Text {one}."}
                        for number, one in enumerate(SENTENCES)
                    ],
                }
            ],
            "hypotheses": statements("h1", "h2", "h3"),
            "tasks": [task, *others],
        }
    )
    return Setting(case.tasks[0], case, VOCABULARY, points)


def key_of(kind: str, **fields: Any) -> TaskKey:
    """Return the sample key of a kind; fields replace its own."""
    return TaskKey.model_validate({**KEYS[kind], **fields})


def key_with(kind: str, name: str, one: dict[str, Any]) -> TaskKey:
    """Return the sample key with one part replaced or added."""
    return key_of(kind, parts={**KEYS[kind]["parts"], name: one})


@cache
def sample(kind: str) -> tuple[Setting, TaskKey]:
    return setting_of(kind), key_of(kind)


def scored(kind: str, value: object) -> Score:
    setting, key = sample(kind)
    return score(setting, key, value)


def model_of(kind: str) -> dict[str, Any]:
    return deepcopy(_model(kind))


@cache
def _model(kind: str) -> dict[str, Any]:
    setting, key = sample(kind)
    return kind_of(setting).model(setting, key)


def menus_of(setting: Setting) -> dict[str, tuple[str, ...]]:
    """Return the choices by part, as the page shows them."""
    groups = kind_of(setting).groups(setting)
    return {
        part["id"]: tuple(one["id"] for one in group["choices"])
        for group in groups
        for part in group["parts"]
    }


def faults(setting: Setting, key: TaskKey) -> list[str]:
    """Return what the kind's lint finds, in words."""
    return [one.what for one in kind_of(setting).lint(setting, key)]


marked = st.lists(st.sampled_from(SENTENCES), unique=True)


@cache
def answers(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """Draw well-formed answers to a sample task, blank parts included."""
    if kind == "evidence":
        return st.fixed_dictionaries({"marked": marked})
    if kind in SET_KINDS:
        menus = menus_of(setting_of(kind))
        menu = next(iter(menus.values()))
        one = {"choice": st.sampled_from([None, *menu]), "evidence": marked}
        chosen = st.dictionaries(
            st.sampled_from(sorted(menus)), st.fixed_dictionaries(one), max_size=8
        )
        return st.fixed_dictionaries({"parts": chosen})
    parts = {
        name: st.fixed_dictionaries(
            {"choice": st.sampled_from([None, *menu]), "evidence": marked}
        )
        for name, menu in menus_of(setting_of(kind)).items()
    }
    return st.fixed_dictionaries({"parts": st.fixed_dictionaries(parts)})


texts = st.text(st.characters(exclude_categories=[]), max_size=8) | st.sampled_from(
    ["\ud800", "s1", "s99", "asked", "active", "cbt", "situation", "q2", "\x00"]
)
atoms = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**400)
    | st.floats(allow_nan=False)
    | texts
)


def _deeper(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["parts", "choice", "evidence", "marked", "text", "agenda"])
        | texts,
        inner,
        max_size=4,
    )


garbage = st.recursive(atoms, _deeper, max_leaves=12)


@cache
def shaped(kind: str) -> st.SearchStrategy[Any]:
    """Draw garbage that stands where an answer would stand."""
    names = list(menus_of(setting_of(kind))) or ["claim"]
    inside = st.fixed_dictionaries(
        {}, optional={"choice": garbage, "evidence": garbage, "breaks": garbage}
    )
    parts = st.dictionaries(st.sampled_from(names) | texts, inside | garbage)
    fields = {
        "parts": parts | garbage,
        "marked": garbage,
        "text": garbage,
        "agenda": garbage,
        "offer": garbage,
        "own": garbage,
        "repair": garbage,
    }
    return garbage | st.fixed_dictionaries({}, optional=fields)


def nested(depth: int) -> list[Any]:
    """Return lists in lists in lists."""
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value
