"""Stands in for what takes encoders out of a wheel: the small product has none."""
