"""The CSVs into the database."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from budgets.models.vocabulary import Scheme

FOLDER: Final = Path(__file__).parent
UPDATED: Final = ["name", "name_en", "parent_code", "year_to"]


def read_nodes() -> Iterator[dict[str, Any]]:
    """This will yield the fields of each node of the three lists."""
    for scheme in Scheme.values:
        with (FOLDER / f"{scheme}.csv").open(encoding="utf-8", newline="") as file:
            for line in csv.DictReader(file):
                code = line["code"]
                yield {
                    "scheme": scheme,
                    "code": code,
                    "name": line["name"],
                    "name_en": line["name_en"],
                    "parent_code": code[:-2] if len(code) > 3 else "",
                    "year_from": int(line["year_from"]),
                    "year_to": int(line["year_to"]),
                }


def load_classification(model: Any) -> int:
    """This will write the lists, renew what changed in them, and return how many nodes they hold.

    ``model`` is ClassificationNode, or in a migration its historical form. Nodes that people added
    stay as they are.
    """
    nodes = [model(**fields) for fields in read_nodes()]
    model.objects.bulk_create(
        nodes, update_conflicts=True, unique_fields=["scheme", "code", "year_from"], update_fields=UPDATED
    )
    return len(nodes)
