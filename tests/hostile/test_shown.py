"""Hostile work in the instructor's formgrader and in feedback: text, and no more."""

import re
import warnings
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from caselens.grading.demo import open_course
from caselens.opening.checks import free_port
from caselens.opening.child import own_environment, running
from caselens.opening.chromium import chromium
from tests.hostile.classroom import UNIT, Classroom
from tests.hostile.corpus import CORPUS
from tests.hostile.payloads import HOST, MARKDOWN, MARKUP, TEMPLATES

pytestmark = [pytest.mark.nbgrader, pytest.mark.browser]
NAMED = "<img src=x onerror=window.__canary=99>"
# What each trainee hands in at once: many payloads, and few pages to look at.
SHOWN = {
    "everything": (
        "outputs-in-every-cell",
        "markup-in-markdown-and-attachments",
        "markup-in-metadata",
        "tasks-with-the-names-of-paths",
        "choices-of-markup-and-odd-types",
        "sentences-that-do-not-exist",
        "markup-in-writing",
        "markup-where-nobody-looks",
        "names-of-markup-and-commands",
        "a-time-that-is-markup",
    ),
    "another-unit": ("magics-forks-and-input", "a-unit-of-markup"),
    "slow": ("writing-that-is-slow-to-read",),
}
FOUND = """() => {
  const bad = [];
  const reach = /^(href|src|srcset|action|formaction|data|poster|xlink:href)$/;
  for (const one of document.querySelectorAll('*')) {
    for (const { name, value } of one.attributes) {
      const runs = name.startsWith('on') && /canary/.test(value);
      const far = /^\\s*(javascript|vbscript|data:text)/i.test(value);
      if (runs || (reach.test(name) && (far || value.includes('HOST')))
          || (name === 'style' && value.includes('HOST')))
        bad.push(`${one.tagName} ${name}=${value.slice(0, 80)}`);
    }
    if (/^(script|style|template|iframe|object|embed|plaintext)$/i.test(one.tagName)
        && /canary|HOST/.test(one.textContent)) bad.push(one.tagName);
  }
  if (window.__canary !== undefined) bad.push(`executed ${window.__canary}`);
  if (document.body.innerText.includes('49 ')) bad.push('a template was filled in');
  return bad;
}""".replace("HOST", HOST)


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one = Classroom(tmp_path_factory.mktemp("shown"))
        for trainee, names in SHOWN.items():
            scene = one.scene(trainee)
            scene.lay_out()
            for name in names:
                CORPUS[name].write(scene)
        done = one.command("-m", "caselens", "autograde", UNIT)
    assert done.code == 0, done.said
    # formgrader does not escape the name of somebody who is in the gradebook, and
    # lists every folder; so nobody of such a name may be marked (test_names.py).
    one.scene(NAMED).lay_out()
    return one


class Eye:
    """A browser page that notes every dialog, and every host that was asked."""

    def __init__(self, context):
        self.hosts, self.dialogs = set(), []
        context.route(re.compile(r"^(https?|wss?)://(?!127\.0\.0\.1)"), self._refuse)
        self.page = context.new_page()
        self.page.on("dialog", self._dialog)

    def _refuse(self, route):
        self.hosts.add(urlsplit(route.request.url).hostname)
        route.abort()

    def _dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def look(self, address):
        """Open a page, press on what could be pressed; return what was found."""
        self.page.goto(address, wait_until="load")
        self.page.wait_for_timeout(300)
        for frame in self.page.frames:
            for link in frame.locator("a[href^='javascript:' i]").all():
                link.dispatch_event("click")
        return [bad for frame in self.page.frames for bad in frame.evaluate(FOUND)]


@contextmanager
def opened():
    with chromium() as browser:
        context = browser.new_context()
        yield Eye(context)
        context.close()


@pytest.fixture(scope="module")
def eye():
    expect.set_options(timeout=30_000)
    with opened() as one:
        yield one


@pytest.fixture(scope="module")
def server(room):
    command = ["jupyterlab", "--no-browser", "--allow-root", f"--port={free_port()}"]
    with running(command, room.root, own_environment(room.home / "lab")) as one:
        yield one


@pytest.fixture(scope="module")
def formgrader(server, eye, room):
    """What opens a page of formgrader; an honest one first, for nbgrader's own CDN."""
    ids = {}
    with room.book() as book:
        for one in book.notebook_submissions(UNIT, UNIT):
            ids[one.student.id] = one.id

    def look(path):
        return eye.look(f"{server.root}/formgrader/{path}")

    eye.page.goto(f"{server.root}/formgrader?token={server.token}")
    assert look(f"submissions/{ids['ada']}") == []
    own = frozenset(eye.hosts)
    assert HOST not in own
    return look, ids, own


@pytest.mark.parametrize("trainee", SHOWN)
def test_formgrader_shows_hostile_work_as_text(formgrader, eye, trainee):
    look, ids, own = formgrader
    assert look(f"submissions/{ids[trainee]}") == []
    assert eye.page.locator("input.score").count() > 5
    assert eye.dialogs == []
    assert eye.hosts <= own


def test_formgrader_shows_what_was_written_as_it_was_written(formgrader, eye):
    look, ids, _ = formgrader
    look(f"submissions/{ids['everything']}")
    shown = eye.page.locator("pre.caselens-answer").first.inner_text()
    for text in (MARKUP[0], MARKUP[1], MARKDOWN[0], *TEMPLATES):
        assert text in shown


@pytest.mark.parametrize(
    "path",
    [
        f"gradebook/{UNIT}/{UNIT}",
        f"manage_submissions/{UNIT}",
        "manage_students",
        "manage_students/everything",
    ],
)
def test_formgraders_lists_show_a_hostile_name_as_text(formgrader, eye, path):
    look, _, own = formgrader
    assert look(path) == []
    eye.page.locator("table tbody td").first.wait_for()
    assert look(path) == []
    assert eye.dialogs == []
    assert eye.hosts <= own


@pytest.mark.parametrize("policy", ["points", "explained"])
@pytest.mark.parametrize("trainee", SHOWN)
def test_feedback_shows_hostile_work_as_text(room, eye, trainee, policy):
    hosts = set(eye.hosts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made = open_course(room.root, policy).generate_feedback(UNIT, trainee)
    assert made["success"], made
    page = room.folder(trainee, "feedback") / f"{UNIT}.html"
    assert eye.look(page.as_uri()) == []
    assert eye.page.locator("script, iframe, object, embed, form").count() == 0
    if "markup-in-writing" in SHOWN[trainee]:
        shown = eye.page.locator("body").inner_text()
        for text in (MARKUP[0], MARKUP[1], *TEMPLATES):
            assert text in shown
    assert eye.dialogs == []
    assert eye.hosts == hosts
