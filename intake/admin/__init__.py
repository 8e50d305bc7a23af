"""The admin's lists and forms, one module per kind of thing."""

from intake.admin import people, places, publications, uploads

__all__ = ["people", "places", "publications", "uploads"]
