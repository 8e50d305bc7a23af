"""Words that templates use for figures, terms and pictures."""
