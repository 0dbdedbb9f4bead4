"""What recruiters and reviewers ask for."""
