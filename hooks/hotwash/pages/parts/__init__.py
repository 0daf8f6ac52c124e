"""What several kinds of page are made of."""
