"""A separate program that reads untrusted media; run it, never import it but for `outcomes`."""
