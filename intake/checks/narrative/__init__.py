"""Running text against itself and against the tables (X12, D11)."""
