import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from caselens.opening import browser, calm, server, start
from caselens.opening.lab import CannotOpen


def session(tmp_path: Path, extensions: Path | None = None) -> server.Session:
    return server.Session(tmp_path / "work", 8890, "secret", tmp_path, extensions)


def test_command_keeps_to_this_computer_and_hides_the_token(tmp_path: Path) -> None:
    command = server.command(session(tmp_path, tmp_path / "ext"))
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--ServerApp.port=8890" in command
    assert f"--LabApp.extra_labextensions_path={tmp_path / 'ext'}" in command
    assert not any("secret" in word for word in command)


def test_installed_extension_needs_no_path(tmp_path: Path) -> None:
    command = server.command(session(tmp_path))
    assert not any("extra_labextensions_path" in word for word in command)


def test_environment_adds_settings_before_known_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/known")
    found = server.environment(session(tmp_path))
    folder, known = found["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    overrides = Path(folder, "labconfig", "default_setting_overrides.json")
    assert json.loads(overrides.read_text()) == calm.settings()
    page = Path(folder, "labconfig", "page_config.json")
    assert json.loads(page.read_text()) == calm.page_config()
    assert known == "/known"
    assert found["JUPYTER_TOKEN"] == "secret"
    assert "CASELENS_BANK" not in found


def test_bank_reaches_the_kernels(tmp_path: Path) -> None:
    run = dataclasses.replace(session(tmp_path), bank=tmp_path / "bank")
    assert server.environment(run)["CASELENS_BANK"] == str(tmp_path / "bank")


def test_nothing_is_shared_with_another_jupyterlab(tmp_path: Path) -> None:
    command = server.command(session(tmp_path))
    # What was open goes with the run; what was chosen stays.
    assert f"--LabApp.workspaces_dir={tmp_path / 'workspaces'}" in command
    assert f"--LabApp.user_settings_dir={server.settings_folder()}" in command
    assert "caselens" in server.settings_folder().parts


def test_clone_without_a_catalogue_warns_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(start, "clone_root", lambda: tmp_path)
    found = start.extensions_folder(tmp_path / "scratch", tell=said.append)
    assert found == tmp_path / "scratch" / "labextensions"
    assert len(said) == 1
    assert "course.json is missing" in said[0]


def test_installation_without_a_course_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "clone_root", lambda: None)
    monkeypatch.setattr(start, "installed_course", lambda: False)
    with pytest.raises(CannotOpen, match="Install caselens again"):
        start.extensions_folder(tmp_path)
    monkeypatch.setattr(start, "installed_course", lambda: True)
    assert start.extensions_folder(tmp_path) is None


def test_server_that_stops_is_reported_with_its_last_words(tmp_path: Path) -> None:
    run = session(tmp_path)
    run.log.write_text("first\n\nno room left\n")
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    with pytest.raises(CannotOpen, match=r"did not start(.|\n)*no room left"):
        server.wait_until_ready(done, run)


def test_server_that_never_answers_is_given_up(tmp_path: Path) -> None:
    waiting = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        with pytest.raises(CannotOpen, match="did not answer"):
            server.wait_until_ready(waiting, session(tmp_path), seconds=0.1)
    finally:
        waiting.kill()
        waiting.wait()


def test_no_screen_means_no_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(browser.sys, "platform", "linux")
    assert browser.open_browser(session(tmp_path)) is False


def test_browser_gets_the_address_through_a_private_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setenv("BROWSER", "anything")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "runtime"))
    monkeypatch.setattr(
        browser.webbrowser, "open", lambda url: opened.append(url) or True
    )
    assert browser.open_browser(session(tmp_path)) is True
    page = tmp_path / "runtime" / "caselens-8890.html"
    assert opened == [page.as_uri()]
    assert session(tmp_path).address in page.read_text()
    if os.name == "posix":
        assert page.stat().st_mode & 0o077 == 0


def test_asked_port_in_use_stops_before_anything_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caselens.opening.checks.is_free", lambda port: False)
    with pytest.raises(CannotOpen, match="Port 9000 is in use"):
        start.start(tmp_path / "work", port=9000)
