"""Nothing from outside is unpickled, executed, given to a shell or rendered."""

from collections import defaultdict
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from tests.forbidden import (
    JAVASCRIPT,
    TEMPLATES,
    not_a_literal_list,
    uses_in_python,
    uses_in_text,
)

SRC = Path(__file__).resolve().parents[1] / "src"
# Where a rule does not hold, and why that is safe.
ALLOWED = {
    ("caselens/opening/child.py", "starts a process"): "our own server, no shell",
    ("caselens/opening/server.py", "starts a process"): "our own server, no shell",
    ("caselens/grading/bench*.py", "starts a process"): "our own commands, timed",
    ("caselens/grading/configure.py", "executes"): "executing(), to compare with",
    ("caselens/grading/feedback_page.py", "renders"): "referred() escapes every word",
    ("caselens/widgets/static/saving.js", "frames"): "ashtml.js escapes every word",
}
# Commands that are made by a function of ours and not where they are started.
COMMANDS = {
    "caselens/opening/server.py": "command() makes the list, without a shell",
    "caselens/grading/bench*.py": "the list is made in the function above",
}


def found(kinds, uses):
    where = defaultdict(list)
    for ending in kinds:
        for path in sorted(SRC.rglob(f"*{ending}")):
            name = path.relative_to(SRC).as_posix()
            for use in uses(path.read_text("utf-8")):
                where[name, use.rule].append(f"{name}:{use.line}: {use.what}")
    return where


@pytest.fixture(scope="module")
def everything():
    return (
        found([".py"], uses_in_python)
        | found([".js", ".mjs"], lambda text: uses_in_text(text, JAVASCRIPT))
        | found([".html", ".j2"], lambda text: uses_in_text(text, TEMPLATES))
    )


def allowed(name, rule):
    return [
        pattern
        for pattern in ALLOWED
        if rule == pattern[1] and fnmatchcase(name, pattern[0])
    ]


def test_nothing_forbidden_is_used_but_where_the_reason_stands(everything):
    broken = [
        f"{rule}: {one}"
        for (name, rule), ones in everything.items()
        if not allowed(name, rule)
        for one in ones
    ]
    assert broken == []


def test_every_exception_is_still_needed(everything):
    needed = {one for name, rule in everything for one in allowed(name, rule)}
    assert set(ALLOWED) - needed == set()


def test_processes_are_started_from_lists_that_stand_there():
    broken = [
        f"{name}:{line}"
        for path in sorted(SRC.rglob("*.py"))
        if (name := path.relative_to(SRC).as_posix())
        and not any(fnmatchcase(name, one) for one in COMMANDS)
        for line in not_a_literal_list(path.read_text("utf-8"))
    ]
    assert broken == []


def test_the_loader_of_yaml_is_a_safe_one():
    from caselens.cases.source import Loader

    safe = (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    assert issubclass(Loader, safe)
    assert not issubclass(Loader, (yaml.FullLoader, yaml.UnsafeLoader))


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("unpickles", "import pickle"),
        ("unpickles", "from pickle import loads as read"),
        ("unpickles", "import cloudpickle as json"),
        ("unpickles", "import joblib\njoblib.load(path)"),
        ("unpickles", "from joblib import dump"),
        ("unpickles", "import pandas as pd\npd.read_pickle(path)"),
        ("unpickles", "import numpy as np\nnp.load(path)"),
        ("unpickles", "read(path, allow_pickle=True)"),
        ("executes", "eval(text)"),
        ("executes", "run = exec"),
        ("executes", "compile(text, 'x', 'exec')"),
        ("executes", "from nbgrader.preprocessors import Execute"),
        ("executes", "import nbclient"),
        ("shells", "import os\nos.system(text)"),
        ("shells", "from os import popen"),
        ("shells", "subprocess.run(text, shell=True)"),
        ("shells", "run(text, shell=asked)"),
        ("starts a process", "import subprocess as s\ns.run(['ls'])"),
        ("parses XML", "from xml.etree import ElementTree"),
        ("unpacks", "archive.extractall(folder)"),
        ("unpacks", "import shutil\nshutil.unpack_archive(path)"),
        ("loads YAML", "import yaml\nyaml.load(text)"),
        ("loads YAML", "import yaml\nyaml.load(text, Loader=other)"),
        ("loads unsafe YAML", "import yaml\nyaml.load(text, Loader=yaml.Loader)"),
        ("loads unsafe YAML", "from yaml import unsafe_load"),
        ("renders", "from markupsafe import Markup"),
        ("makes templates", "import jinja2\njinja2.Environment()"),
        ("makes templates", "import jinja2\njinja2.Environment(autoescape=False)"),
        ("makes templates", "from jinja2 import Template\nTemplate(text)"),
        ("imports by name", "import importlib\nimportlib.import_module(name)"),
        ("imports by name", "__import__(name)"),
    ],
)
def test_a_forbidden_line_of_python_is_found(rule, line):
    assert rule in {use.rule for use in uses_in_python(line)}


@pytest.mark.parametrize(
    "line",
    [
        "import re\nre.compile(text)",
        "page.evaluate(text)",
        "import yaml\nyaml.load(text, Loader=yaml.SafeLoader)",
        "import importlib\nimportlib.import_module('json')",
        "import jinja2\njinja2.Environment(autoescape=True)",
        "client.execute(text)",
        "import subprocess\ndef f(one: subprocess.Popen[str]) -> subprocess.Popen: ...",
    ],
)
def test_what_only_looks_forbidden_is_left_alone(line):
    assert list(uses_in_python(line)) == []


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("executes", "eval(text)"),
        ("executes", "new Function(text)"),
        ("executes", "setTimeout('x()', 1)"),
        ("executes", "link.href = 'javascript:x'"),
        ("renders", "node.innerHTML = text"),
        ("renders", "node.insertAdjacentHTML('beforeend', text)"),
        ("renders", "document.write(text)"),
        ("frames", "h('iframe', { srcdoc: text })"),
    ],
)
def test_a_forbidden_line_of_javascript_is_found(rule, line):
    assert rule in {use.rule for use in uses_in_text(line, JAVASCRIPT)}


def test_a_comment_is_no_code():
    assert not list(uses_in_text("// innerHTML\n/* eval(\n*/ x", JAVASCRIPT))


@pytest.mark.parametrize("line", ["{{ text|safe }}", "{{ text | safe }}", "<script>"])
def test_a_template_that_does_not_escape_is_found(line):
    assert list(uses_in_text(line, TEMPLATES))


def test_a_command_in_a_variable_is_found():
    assert list(not_a_literal_list("import subprocess\nsubprocess.run(command)"))
    assert not list(not_a_literal_list("import subprocess\nsubprocess.run(['x'])"))
