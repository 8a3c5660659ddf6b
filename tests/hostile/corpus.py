"""Every hostile submission there is, by name."""

from tests.hostile.files import FILES
from tests.hostile.pages import PAGES
from tests.hostile.scene import Hostile
from tests.hostile.sheets import SHEETS

CORPUS: dict[str, Hostile] = {str(one): one for one in (*PAGES, *SHEETS, *FILES)}
