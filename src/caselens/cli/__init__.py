"""The verbs of the command `caselens`; they compute nothing."""

from caselens.cli.main import main

__all__ = ["main"]
