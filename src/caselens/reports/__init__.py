"""Figures of a bank: its balance, and what shallow readers and bots earn."""

from caselens.reports.balance import Balance, balance
from caselens.reports.shallow import Shallow, shallow
from caselens.reports.sound import Sound, sound
from caselens.reports.text import balance_lines, shallow_lines, unit_lines
from caselens.reports.units import UnitShare, unit_shares

__all__ = [
    "Balance",
    "Shallow",
    "Sound",
    "UnitShare",
    "balance",
    "balance_lines",
    "shallow",
    "shallow_lines",
    "sound",
    "unit_lines",
    "unit_shares",
]
