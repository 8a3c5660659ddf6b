import pytest

from caselens.cases.places import clone_root
from caselens.cases.references import read_references
from caselens.notebooks import TextError, build, plan
from caselens.notebooks.pages import intro_of, read_text, title_of
from caselens.notebooks.references import cite

HEAD = """---
jupytext:
  text_representation:
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---

"""


def text_file(tmp_path, body):
    path = tmp_path / "m01_u01_x.md"
    path.write_text(HEAD + body, encoding="utf-8")
    return path


def test_a_text_becomes_cells_with_title_and_introduction(tmp_path):
    body = "# A title\n\nHello.\n\n```{code-cell}\nworkbench()\n```\n"
    cells = read_text(text_file(tmp_path, body))
    assert [cell.cell_type for cell in cells] == ["markdown", "code"]
    assert title_of(cells) == "A title"
    assert intro_of(cells) == "Hello."


@pytest.mark.parametrize(
    "code",
    ["import os", "workbench(1)", 'task("c001-goals"); 1', "task('c001')", "x = 1"],
)
def test_other_code_in_a_text_is_refused_with_the_repair(tmp_path, code):
    body = f"# A title\n\n```{{code-cell}}\n{code}\n```\n"
    with pytest.raises(TextError, match="may not stand in a page"):
        read_text(text_file(tmp_path, body))


def test_a_missing_text_is_named(tmp_path):
    with pytest.raises(TextError, match="missing"):
        read_text(tmp_path / "nothing.md")


def test_building_twice_gives_the_same_bytes(tmp_path):
    one = plan(clone_root())
    for name in ("first", "second"):
        build(one, tmp_path / name)
    first = {
        p.relative_to(tmp_path / "first"): p.read_bytes()
        for p in (tmp_path / "first").rglob("*")
        if p.is_file()
    }
    second = {
        p.relative_to(tmp_path / "second"): p.read_bytes()
        for p in (tmp_path / "second").rglob("*")
        if p.is_file()
    }
    assert first == second
    assert len(first) >= 11


BIB = """@book{beck2021cognitive,
  author = {Beck, Judith S.},
  title = {Basics},
  year = {2021},
}
@article{two2000x,
  author = {Blagys, Matthew D. and Hilsenroth, Mark J.},
  year = {2000},
}
@techreport{apa2017x,
  author = {{Some Panel}},
  year = {2017},
}
@article{many1998x,
  author = {A, B. and C, D. and E, F.},
  year = {1998},
}
"""


@pytest.fixture
def references(tmp_path):
    path = tmp_path / "references.bib"
    path.write_text(BIB)
    return read_references(path)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("beck2021cognitive", "(Beck, 2021)"),
        ("two2000x", "(Blagys and Hilsenroth, 2000)"),
        ("apa2017x", "(Some Panel, 2017)"),
        ("many1998x", "(A et al., 1998)"),
    ],
)
def test_a_citation_is_written_out(references, key, written):
    assert cite(f"So [@{key}].", references) == f"So {written}."


def test_a_work_outside_the_bibliography_is_refused(references):
    with pytest.raises(KeyError, match="Cite only works"):
        cite("[@invented2020]", references)
