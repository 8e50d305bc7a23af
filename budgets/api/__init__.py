"""The read-only JSON API, version 1 (``/api/v1/``, described by its own OpenAPI document)."""
