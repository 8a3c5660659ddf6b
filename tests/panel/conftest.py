from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from caselens.cases import Bank, load_bank
from caselens.panel.sheet import Panel, make_panel
from tests.panel.samples import FULL, SHORT, answer, copied, fill_in


@dataclass(frozen=True)
class Rated:
    """A panel of seven that has answered, and the bank whose cases it rated."""

    folder: Path
    datasets: Path
    panel: Panel

    @property
    def bank(self) -> Bank:
        return load_bank(self.datasets)


@pytest.fixture
def rated(tmp_path: Path) -> Rated:
    datasets = copied(tmp_path / "bank")
    folder, bank = tmp_path / "panel", load_bank(datasets)
    panel = make_panel(folder, bank, [FULL, SHORT], 7).panel
    answer(folder, bank, panel)
    fill_in(folder, "cbt", "cbt", "cbt", "dynamic", "dynamic", "dynamic", "both")
    return Rated(folder, datasets, panel)
