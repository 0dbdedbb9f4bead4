"""Measurements. bench/README.md lists the commands; docs/performance.md has the results."""

import sys
from pathlib import Path

# The product is run as the end-to-end tests run it.
sys.path.append(str(Path(__file__).resolve().parents[1] / "e2e"))
