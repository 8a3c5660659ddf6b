from __future__ import annotations

import argparse
import re
import shlex
from pathlib import Path

import pytest
import yaml

from caselens.cases import load_bank
from caselens.cli.main import parser
from caselens.tasks import KINDS
from tests.samples import DATASETS, ROOT

HIDDEN = {"build", "dist", "node_modules"}
FENCED = re.compile(r"^```[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CITED = re.compile(r"(?<![\w.])@([a-z]+[0-9]{4}[a-z0-9]*)")
PLACEHOLDER = re.compile(r"\$?\{[\w.]*\}")
# Said by nbgrader, not by the course.
NBGRADER = {"Assignment List", "Submit", "No notebooks were matched"}


def pages() -> list[Path]:
    found = []
    for path in sorted(ROOT.rglob("*.md")):
        parts = path.relative_to(ROOT).parts
        if not any(one.startswith(".") or one in HIDDEN for one in parts):
            found.append(path)
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


PAGES = [pytest.param(path, id=name_of(path)) for path in pages()]
DOCS = [one for one in pages() if one.parent in (ROOT, ROOT / "docs", ROOT / "deploy")]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(program: str) -> list[tuple[str, list[str]]]:
    """Every shown call of `program`: the page and the words after it."""
    found = []
    for path in pages():
        text = path.read_text(encoding="utf-8")
        lines = [line for block in FENCED.findall(text) for line in block.splitlines()]
        lines += INLINE.findall(FENCED.sub("", text))
        for line in lines:
            if line.strip().startswith(f"{program} "):
                words = shlex.split(line, comments=True)[1:]
                found.append((name_of(path), words))
    return found


def shown(program: str) -> list:
    once = {(page, *words): words for page, words in commands(program)}
    return [pytest.param(words, id=" ".join(key)) for key, words in once.items()]


def verbs() -> dict[str, argparse.ArgumentParser]:
    (found,) = (
        one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)
    )
    return found.choices


def helps() -> dict[str, str | None]:
    (found,) = (
        one for one in parser()._actions if isinstance(one, argparse._SubParsersAction)
    )
    return {one.dest: one.help for one in found._choices_actions}


@pytest.mark.parametrize("words", shown("caselens"))
def test_every_command_that_a_page_shows_is_accepted(words):
    assert parser().parse_args(words).run


@pytest.mark.parametrize("words", shown("make"))
def test_every_make_target_that_a_page_shows_is_in_the_makefile(words):
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    asked = [one for one in words if "=" not in one]
    assert asked
    assert set(asked) <= targets


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_and_every_option_has_help(verb):
    assert helps()[verb]
    assert all(one.help for one in verbs()[verb]._actions)


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_is_named_in_some_page(verb):
    assert any(words[:1] == [verb] for _, words in commands("caselens"))


@pytest.mark.parametrize("path", PAGES)
def test_every_relative_link_points_to_a_file_that_is_there(path):
    missing = []
    for target in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target) or target.startswith("#"):
            continue
        if not (path.parent / target.split("#")[0]).exists():
            missing.append(target)
    assert missing == []


@pytest.mark.parametrize("path", PAGES)
def test_every_work_that_a_page_cites_is_in_the_bibliography(path):
    known = set(re.findall(r"^@\w+\{([^,]+),", read("datasets/references.bib"), re.M))
    assert set(CITED.findall(path.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_a_folder_that_its_reader_lacks(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"/work/|\.\./shared|\b(reference|sources|mockups)/", text)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_exclaims(path):
    text = INLINE.sub("", FENCED.sub("", path.read_text(encoding="utf-8")))
    assert "!" not in text.replace("![", "[")


def test_the_instructors_page_quotes_the_configuration_as_it_is():
    assert read("nbgrader_config.py").strip() in read("docs/instructor.md")


def test_the_trainees_page_uses_no_word_of_the_machinery():
    text = read("docs/trainee.md")
    assert text.count("answers.json") == 1
    rest = text.replace("answers.json", "")
    assert not re.search(r"\b(notebooks?|kernels?|cells?|json)\b", rest, re.I)


def test_what_the_trainees_page_quotes_is_what_the_course_says():
    said = said_by_the_course()
    for quoted in re.findall(r'"([^"\n]+)"', read("docs/trainee.md")):
        if quoted in NBGRADER:
            continue
        for piece in quoted.split("..."):
            assert piece.strip() in said, quoted


def test_what_the_instructors_table_quotes_is_what_the_course_says():
    said = said_by_the_course()
    rows = re.findall(r"^\|.*\|$", read("docs/instructor.md"), re.MULTILINE)
    for quoted in re.findall(r'"([A-Z][^"]{20,})"', "\n".join(rows)):
        if quoted in NBGRADER:
            continue
        for piece in re.split(r"\(?\.\.\.\)?", quoted):
            assert piece.strip(" .") in said, quoted


def said_by_the_course() -> str:
    """The program's texts, with literals that run over lines joined."""
    folder = ROOT / "src" / "caselens"
    paths = [one for end in ("*.py", "*.js") for one in sorted(folder.rglob(end))]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    return PLACEHOLDER.sub("", re.sub(r'["`]\s*(\+\s*)?f?["`]', "", text))


def test_the_developers_page_names_every_room_in_order():
    rows = re.findall(r"^\| `([a-z]+)` \| ", read("docs/developer.md"), re.MULTILINE)
    folder = ROOT / "src" / "caselens"
    assert set(rows) == {path.parent.name for path in folder.glob("*/__init__.py")}
    assert rows == [one for one in rooms_of_the_design() if one in rows]


def rooms_of_the_design() -> list[str]:
    text = read("docs/design.md").split("| room | job |")[1].split("\n\n")[0]
    return re.findall(r"^\| `([a-z]+)` \|", text, re.MULTILINE)


def test_the_developers_page_names_every_kind_of_task():
    (line,) = re.findall(r"^The kinds are: (.*)\.$", read("docs/developer.md"), re.M)
    assert re.findall(r"`([a-z]+)`", line) == list(KINDS)


def test_the_data_card_names_every_case_with_its_row_of_the_design_table():
    card = read("datasets/README.md")
    rows = re.findall(r"^\| `(c\d+)` \| (.+?) \| (\w+) \| `(d\d+)`", card, re.M)
    entries = load_bank(DATASETS).entries
    known = {name: (one.case.title, one.side) for name, one in entries.items()}
    assert {name: (title, side) for name, title, side, _ in rows} == known
    table = yaml.safe_load(read("datasets/design.yaml"))["rows"]
    drawn = {one["row"]: one["case"] for one in table if one["case"]}
    for name, _, _, row in rows:
        assert drawn[row] in (name, entries[name].case.relative)


def test_the_citation_file_can_be_read_and_invents_nothing():
    cited = yaml.safe_load(read("CITATION.cff"))
    assert cited["cff-version"] == "1.2.0"
    assert cited["authors"] == [{"name": "The Caselens contributors"}]
    assert cited["license"] == ["BSD-3-Clause", "CC-BY-4.0"]
    assert not {"doi", "date-released", "identifiers"} & cited.keys()
    assert f'version = "{cited["version"]}"' in read("pyproject.toml")


def test_the_pages_for_people_are_short():
    long = {name_of(one): len(one.read_text("utf-8").splitlines()) for one in DOCS}
    assert long["README.md"] <= 110
    # Whoever writes cases has most to be told.
    most = {"authoring": 240}
    kinds = ("trainee", "instructor", "authoring", "administrator", "developer")
    for name in kinds:
        assert 60 <= long[f"docs/{name}.md"] <= most.get(name, 180)
