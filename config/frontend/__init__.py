"""Fetching and building the one front-end library."""
