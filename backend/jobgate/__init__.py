"""JOBGATE: asynchronous video interviews, and the recruitment platform around them."""

__version__ = "0.1.0"
