"""Fault runs: the product is hurt at random moments, and nothing that was recorded may be lost.

`python -m bench.faults --help`, from the root of the checkout; docs/reliability.md has the results.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
