import socket
from pathlib import Path

import pytest

from caselens.opening import checks
from caselens.opening.lab import CannotOpen


def test_old_python_is_named() -> None:
    with pytest.raises(CannotOpen, match=r"this is Python 3\.10\.4"):
        checks.check_python((3, 10, 4))
    checks.check_python((3, 11, 0))


def test_work_folder_is_made(tmp_path: Path) -> None:
    work = checks.work_folder(tmp_path / "a" / "b")
    assert work.is_dir()
    assert list(work.iterdir()) == []


def test_default_work_folder_is_in_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert checks.work_folder() == (tmp_path / "caselens-work").resolve()


def test_work_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    with pytest.raises(CannotOpen, match="is a file"):
        checks.work_folder(tmp_path / "notes")


def test_read_only_work_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(checks.tempfile, "TemporaryFile", refuse)
    with pytest.raises(CannotOpen, match=r"Permission denied.*Name a folder"):
        checks.work_folder(tmp_path)


def test_taken_port_that_was_asked_for_is_an_error() -> None:
    with socket.socket() as taken:
        taken.bind((checks.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not checks.is_free(port)
        with pytest.raises(CannotOpen, match=f"Port {port} is in use"):
            checks.choose_port(port)
    assert checks.choose_port(port) == port


@pytest.mark.parametrize("port", [0, -1, 70000])
def test_impossible_port(port: int) -> None:
    with pytest.raises(CannotOpen, match="is no port"):
        checks.choose_port(port)


def test_next_free_port_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "is_free", lambda port: port == checks.PORT + 2)
    assert checks.choose_port() == checks.PORT + 2
    monkeypatch.setattr(checks, "is_free", lambda port: False)
    assert checks.choose_port() > 0
