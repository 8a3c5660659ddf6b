"""Figures of a bank: its balance, and what shallow readers earn."""

from caselens.reports.balance import Balance, balance
from caselens.reports.shallow import Shallow, shallow
from caselens.reports.sound import Sound, sound
from caselens.reports.text import balance_lines, shallow_lines

__all__ = [
    "Balance",
    "Shallow",
    "Sound",
    "balance",
    "balance_lines",
    "shallow",
    "shallow_lines",
    "sound",
]
