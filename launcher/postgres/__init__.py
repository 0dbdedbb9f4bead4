"""A small supervisor of our own around PostgreSQL's programs."""
