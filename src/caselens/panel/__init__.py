"""Other people's judgement of a key: blind readings, and the votes of a panel."""

from caselens.panel.blank import blank_sheet
from caselens.panel.filled import add_reading, read_sheet

__all__ = ["add_reading", "blank_sheet", "read_sheet"]
