"""What recruiters and reviewers send and get."""
