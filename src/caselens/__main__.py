"""`python -m caselens` does what `caselens` does."""

import sys

from caselens.cli import main

sys.exit(main())
