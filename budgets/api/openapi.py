"""The OpenAPI document: as ninja writes it, with errors as ``application/problem+json``."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema


class ProblemAPI(NinjaAPI):
    """A NinjaAPI whose document says how errors and conditional answers look."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the document (OpenAPI 3.1)."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in document["paths"].values():
            for operation in operations.values():
                describe_answers(operation["responses"])
        return document


def describe_answers(responses: dict[Any, Any]) -> None:
    """Correct the content types of errors and add the conditional answer."""
    for status, answer in responses.items():
        if int(status) >= 400 and "application/json" in answer.get("content", {}):
            answer["content"] = {"application/problem+json": answer["content"]["application/json"]}
    responses[304] = {"description": "Nothing was published since the reader's copy (ETag, Last-Modified)"}
