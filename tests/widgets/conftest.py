from __future__ import annotations

from pathlib import Path

import pytest

from tests.samples import write_keys


@pytest.fixture
def keys(tmp_path_factory, monkeypatch) -> Path:
    folder = write_keys(tmp_path_factory.mktemp("keys"))
    monkeypatch.setenv("CASELENS_KEYS", str(folder))
    return folder


@pytest.fixture
def no_keys(tmp_path_factory, monkeypatch) -> Path:
    folder = tmp_path_factory.mktemp("no-keys")
    monkeypatch.setenv("CASELENS_KEYS", str(folder))
    return folder
