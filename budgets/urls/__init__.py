"""Public addresses, one module a kind."""
