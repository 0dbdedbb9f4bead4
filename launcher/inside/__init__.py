"""Small programs that run with the environment's Python: these may import what it holds."""
