"""`python -m press [FOLDER]`: build the site into a folder, `build/docs` unless told."""

import sys
from pathlib import Path

from press.site import ROOT, build

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "docs"
print(f"{len(build(folder))} pages: {folder / 'index.html'}")
