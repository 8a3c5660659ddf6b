"""Hostile files beside the page: links, pipes, devices, odd names, code."""

import os
import socket
import zipfile
from typing import Any

from tests.hostile.payloads import MARKUP, NASTY, touch
from tests.hostile.scene import Corpus, Scene

FILES = Corpus()
UNUSABLE = "The submitted answers.json cannot be used"
MARKUP_NAME = MARKUP[1]
STARTED = (
    "sitecustomize.py",
    "usercustomize.py",
    "conftest.py",
    "caselens.py",
    "caselens/__init__.py",
    "nbgrader.py",
    "json.py",
    "evil.pth",
    "setup.py",
    "nbgrader_config.py",
    "jupyter_config.py",
    "jupyter_notebook_config.py",
    ".ipython/profile_default/startup/00.py",
    ".jupyter/nbgrader_config.py",
    ".bashrc",
    "__pycache__/caselens.cpython-311.pyc",
)


@FILES.add(flagged=False)
def files_that_python_and_jupyter_start(scene: Scene) -> None:
    for name in STARTED:
        scene.put(name, "import os\n" + touch(scene.canary))
    scene.put(".git/config", f"[core]\n\tfsmonitor = touch {scene.canary}\n")
    scene.put("Makefile", f"all:\n\ttouch {scene.canary}\n")
    scene.put("nbgrader_config.json", '{"Autograde": {"force": true}}')


@FILES.add(flagged=False)
def another_unit_json(scene: Scene) -> None:
    def how(data: dict) -> None:
        data["tasks"] = [{"id": "c003-goals", "points": 1000}]
        data["id"] = "../../etc"

    scene.change(scene.folder / "unit.json", how)


@FILES.add(refused="is an archive")
def a_zip_bomb(scene: Scene) -> None:
    with zipfile.ZipFile(scene.folder / "b.zip", "w", zipfile.ZIP_DEFLATED) as one:
        for number in range(10):
            one.writestr(f"../{number}", b"0" * 10_000_000)


@FILES.add(flagged=False)
def names_of_markup_and_commands(scene: Scene) -> None:
    for name in (MARKUP_NAME, "$(touch x)", "-rf", "a;b", "{0}", "%s%n", "\u202ex"):
        scene.put(f"data/{name}", NASTY)
    scene.put(f"{MARKUP_NAME}/{MARKUP_NAME}", NASTY)


@FILES.add(refused="control characters")
def names_of_two_lines(scene: Scene) -> None:
    for name in ("x\n[AutogradeApp | INFO] ada was marked", "\x1b[2J", "\u2028"):
        scene.put(name, NASTY)


@FILES.add(refused="control characters")
def names_that_are_no_text(scene: Scene) -> None:
    name = os.fsencode(scene.folder) + b"/\xff\xfe"
    with open(name, "wb") as stream:  # noqa: PTH123 (a name in bytes)
        stream.write(b"x")


@FILES.add(refused="more than 1000 files")
def two_thousand_files(scene: Scene) -> None:
    for number in range(2000):
        scene.put(f"data/{number}", "")


@FILES.add(refused="together larger")
def two_hundred_megabytes_of_nothing(scene: Scene) -> None:
    with scene.put("data", "").open("ab") as stream:
        stream.truncate(200_000_000)


@FILES.add(refused="lies too deep")
def two_hundred_folders_deep(scene: Scene) -> None:
    path = scene.folder
    for _ in range(200):
        path = path / "deep"
    path.mkdir(parents=True)
    (path / "x").write_text("x")


@FILES.add(flagged=False)
def a_secret_of_their_own(scene: Scene) -> None:
    scene.put("submission_secret.txt", b"\xff\x00" * 100_000)


@FILES.add(refused="a folder, not a file")
def a_folder_named_answers_json(scene: Scene) -> None:
    scene.answers.unlink()
    scene.put("answers.json/answers.json", "{}")


@FILES.add(refused="is a link")
def a_link_to_the_gradebook_as_answers(scene: Scene) -> None:
    scene.answers.unlink()
    scene.answers.symlink_to(scene.secret)


@FILES.add(refused="a hard link")
def a_hard_link_to_a_secret(scene: Scene) -> None:
    scene.answers.unlink()
    os.link(scene.secret, scene.answers)


@FILES.add(refused="is a link")
def links_to_files_and_folders(scene: Scene) -> None:
    scene.put("data/x", "x")
    (scene.folder / "secret.txt").symlink_to(scene.secret)
    (scene.folder / "data" / "secret.txt").symlink_to(scene.secret)
    (scene.folder / "everything").symlink_to("/")
    (scene.folder / "itself").symlink_to("itself")
    (scene.folder / "nothing").symlink_to("nothing at all")
    (scene.folder / "memory").symlink_to("/proc/self/mem")


@FILES.add(refused="is a link")
def a_page_that_is_a_link(scene: Scene) -> None:
    scene.page.unlink()
    scene.page.symlink_to(scene.secret)


@FILES.add(refused="is a pipe")
def pipes(scene: Scene) -> None:
    os.mkfifo(scene.folder / "pipe")
    os.mkfifo(scene.folder / "submission_secret.txt")


@FILES.add(refused="is a pipe")
def a_pipe_named_answers_json(scene: Scene) -> None:
    scene.answers.unlink()
    os.mkfifo(scene.answers)


@FILES.add(refused="is a pipe")
def a_pipe_named_as_the_page(scene: Scene) -> None:
    scene.page.unlink()
    os.mkfifo(scene.page)


@FILES.add(refused="is a pipe")
def a_pipe_named_as_the_time(scene: Scene) -> None:
    os.mkfifo(scene.folder / "timestamp.txt")


@FILES.add(refused="is a socket")
def a_socket(scene: Scene) -> None:
    here = os.open(scene.folder, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(f"/proc/self/fd/{here}/socket")
    finally:
        os.close(here)


@FILES.add(refused="is a link")
def a_link_to_endless_zeros(scene: Scene) -> None:
    (scene.folder / "zeros").symlink_to("/dev/zero")
    (scene.folder / "timestamp.txt").symlink_to("/dev/zero")


@FILES.add(refused="is a device")
def a_device(scene: Scene) -> None:
    os.mknod(scene.folder / "zeros", 0o20666, os.makedev(1, 5))


UNREADABLE = {
    "long": b"2026-11-24 " * 90_000,
    "binary": bytes(range(256)) * 100,
    "past-the-last-year": b"99999-12-31 23:59:59.999999 UTC",
    "a-long-number": b"9" * 90,
    "with-an-endless-offset": b"2026-11-24 10:00:00 999999999999999999",
    "markup": MARKUP[0].encode(),
    "of-a-zone-elsewhere": b"2026-11-24 10:00:00 ../../../../etc/passwd",
    "blank": b" \n\t",
}
READABLE = {
    "far-ahead": b"9999-12-31 23:59:59 UTC",
    "in-the-first-year": b"0001-01-01 00:00:00 +14:00",
    "of-an-unknown-zone": b"2026-11-24 10:00:00 Nowhere",
}


def _time(name: str, body: bytes, **more: Any) -> None:
    def write(scene: Scene) -> None:
        scene.put("timestamp.txt", body)

    write.__name__ = f"a_time_that_is_{name}"
    FILES.add(**more)(write)


for _name, _body in UNREADABLE.items():
    _time(_name, _body, told="time stamp")
for _name, _body in READABLE.items():
    _time(_name, _body, flagged=False)
