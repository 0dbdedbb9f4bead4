"""Where the checkout's parts are."""

from pathlib import Path

E2E = Path(__file__).resolve().parents[1]
ROOT = E2E.parent
BACKEND = ROOT / "backend"
FRONTEND = ROOT / "frontend"
ASSETS = E2E / "assets"
RESULTS = E2E / "results"
