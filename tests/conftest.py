from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "caselens",
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)
settings.load_profile("caselens")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CASELENS_KEYS", "CASELENS_BANK", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
