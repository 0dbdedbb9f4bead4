"""The demonstration: a company with a campaign, candidates, and little videos made on the spot."""
