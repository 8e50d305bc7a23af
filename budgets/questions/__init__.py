"""Pages that ask across disclosures: one line, a comparison, search, all checks."""
