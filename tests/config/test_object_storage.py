"""Originals in S3-compatible storage, against a local stand-in that speaks its protocol."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator

import boto3
import pytest
from botocore.exceptions import ClientError
from django.core.files.base import ContentFile
from moto.server import ThreadedMotoServer
from storages.backends.s3 import S3Storage

from tests.config.servers import build_environment, find_free_port

ORIGINAL = "%PDF-1.7 部门预算".encode()
NAME = f"originals/{hashlib.sha256(ORIGINAL).hexdigest()}.pdf"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=find_free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def storage(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> S3Storage:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket="originals")
    options = read_storage_options(endpoint)
    return S3Storage(**options)


def read_storage_options(endpoint: str) -> dict[str, object]:
    """This will read what config.settings makes of the environment, in a process of its own."""
    environment = build_environment(
        S3_BUCKET="originals", S3_ENDPOINT_URL=endpoint, S3_REGION="us-east-1", NO_PROXY="127.0.0.1"
    )
    code = "import json, config.settings as s; print(json.dumps(s.STORAGES['default']['OPTIONS']))"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_an_original_is_stored_and_read_back_unchanged(storage: S3Storage) -> None:
    assert storage.save(NAME, ContentFile(ORIGINAL)) == NAME
    assert storage.exists(NAME)
    with storage.open(NAME) as handle:
        assert hashlib.sha256(handle.read()).hexdigest() in NAME


def test_another_file_never_replaces_one(storage: S3Storage) -> None:
    first = storage.save("a/budget.pdf", ContentFile(b"first"))
    second = storage.save("a/budget.pdf", ContentFile(b"second"))
    assert first != second
    with storage.open(first) as handle:
        assert handle.read() == b"first"


def test_a_bucket_that_is_away_is_an_error_and_not_a_loss(storage: S3Storage, endpoint: str) -> None:
    lost = S3Storage(**{**read_storage_options(endpoint), "bucket_name": "gone"})
    with pytest.raises(ClientError, match=r"NoSuchBucket|Not Found|does not exist"):
        lost.save(NAME, ContentFile(ORIGINAL))


def test_addresses_are_signed_and_end(storage: S3Storage) -> None:
    storage.save(NAME, ContentFile(ORIGINAL))
    assert "Signature" in storage.url(NAME)
