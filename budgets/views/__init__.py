"""Public pages: each view reads what its page says and hands it to a template."""
