"""What all tests start from."""

import os

# Workers of pytest-xdist are told the width of a terminal; where a test wants one, it says so itself.
os.environ.pop("COLUMNS", None)
