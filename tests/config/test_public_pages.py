"""Public pages: conditional answers without drawing, one snapshot a page, kept pages, plain failures."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from budgets import http, replica
from budgets.models import DataVersion
from tests.config import pages_urls


@pytest.fixture(autouse=True)
def pages(settings: object) -> Iterator[list[str]]:
    settings.ROOT_URLCONF = "tests.config.pages_urls"
    settings.PAGE_CACHE_ENTRIES = 3
    pages_urls.DRAWN.clear()
    http._known.clear()
    yield pages_urls.DRAWN
    http._known.clear()


@pytest.fixture
def version(db: None) -> None:
    DataVersion.objects.update_or_create(pk=1, defaults={"number": 7})


def publish() -> None:
    row = DataVersion.objects.get(pk=1)
    row.number += 1
    row.save()


@pytest.mark.usefixtures("version")
class TestConditional:
    def test_an_unchanged_page_is_neither_drawn_nor_sent(
        self, client: Client, pages: list[str], django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        first = client.get("/figures/")
        with django_assert_num_queries(1):
            again = client.get("/figures/", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, len(pages)) == (304, b"", 1)
        assert again["ETag"] == first["ETag"]
        assert "Content-Security-Policy" in again

    def test_by_date_too(self, client: Client) -> None:
        first = client.get("/figures/")
        again = client.get("/figures/", headers={"If-Modified-Since": first["Last-Modified"]})
        assert again.status_code == 304

    def test_a_publication_changes_the_validator(self, client: Client, pages: list[str]) -> None:
        first = client.get("/figures/")
        publish()
        second = client.get("/figures/", headers={"If-None-Match": first["ETag"]})
        assert (second.status_code, len(pages)) == (200, 2)
        assert second["ETag"] != first["ETag"]

    def test_head_is_the_page_without_its_body(self, client: Client) -> None:
        page, head = client.get("/figures/"), client.head("/figures/")
        assert head.content == b""
        assert (head["ETag"], head["Content-Length"]) == (page["ETag"], str(len(page.content)))

    def test_headers_suit_shared_caches(self, client: Client) -> None:
        response = client.get("/figures/", headers={"Accept-Language": "en"})
        assert response["Cache-Control"].startswith("public, max-age=0, s-maxage=")
        assert response["Vary"] == "Accept-Encoding"
        assert not response.cookies

    def test_a_page_with_a_cookie_is_nobody_elses(self, client: Client) -> None:
        response = client.get("/personal/")
        assert response["Cache-Control"] == "private, no-store"
        assert "ETag" not in response

    def test_a_new_release_changes_the_validator(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = client.get("/figures/")["ETag"]
        monkeypatch.setattr(http, "get_release", lambda: ("0123456789", 0.0))
        assert client.get("/figures/")["ETag"] != first


@pytest.mark.usefixtures("version")
class TestKeptPages:
    def test_a_page_is_drawn_once_per_version(self, client: Client, pages: list[str]) -> None:
        bodies = {client.get("/figures/?a=1").content for _ in range(3)}
        assert (len(bodies), pages) == (1, ["/figures/?a=1"])
        publish()
        client.get("/figures/?a=1")
        assert len(pages) == 2

    def test_kept_pages_are_sent_compressed_to_who_accepts_it(self, client: Client) -> None:
        first = client.get("/figures/", headers={"Accept-Encoding": "gzip"})
        plain = client.get("/figures/").content
        assert gzip.decompress(first.content) == plain  # the first reader too
        packed = client.get("/figures/", headers={"Accept-Encoding": "gzip, br"})
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain
        assert "Content-Encoding" not in client.get("/figures/", headers={"Accept-Encoding": "gzip;q=0"})

    def test_only_the_latest_used_are_kept(self, client: Client, pages: list[str]) -> None:
        for name in "abcd":
            client.get(f"/figures/?{name}")
        client.get("/figures/?d")
        client.get("/figures/?a")
        assert pages == ["/figures/?a", "/figures/?b", "/figures/?c", "/figures/?d", "/figures/?a"]

    def test_a_kept_page_is_served_while_the_database_is_away(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = client.get("/figures/").content

        def fail(alias: str = "default") -> None:
            raise OperationalError("no server")

        monkeypatch.setattr(http, "data_version", fail)
        after = client.get("/figures/")
        assert (after.status_code, after.content, after["Cache-Control"]) == (200, before, "no-store")


class TestFailures:
    def test_a_lost_database_is_said_plainly(self, client: Client, version: None) -> None:
        client.raise_request_exception = False
        response = client.get("/broken/")
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert "数据没有丢失" in response.content.decode()

    def test_a_bug_is_a_500_without_details(self, client: Client, version: None) -> None:
        client.raise_request_exception = False
        response = client.get("/broken/?bug")
        assert response.status_code == 500
        assert "a bug" not in response.content.decode()
        assert "ETag" not in response


def publish_elsewhere() -> None:
    """This will publish over a connection of its own, as the worker does."""
    given = connection.get_connection_params()
    with psycopg.connect(
        host=given.get("host", ""), port=given.get("port"), user=given.get("user"),
        password=given.get("password"), dbname=given["dbname"], autocommit=True,
    ) as other:  # fmt: skip
        other.execute("UPDATE budgets_dataversion SET number = number + 1 WHERE id = 1")


@pytest.mark.django_db(transaction=True)
class TestSnapshot:
    def test_a_page_never_mixes_two_publications(self, client: Client, settings: object) -> None:
        DataVersion.objects.update_or_create(pk=1, defaults={"number": 7})
        settings.DURING_THE_PAGE = publish_elsewhere
        before = client.get("/figures/?during=1")
        assert before.content.startswith(b"<p>7 7 ")
        assert before["ETag"].startswith('W/"7-')
        after = client.get("/figures/")
        assert after.content.startswith(b"<p>8 8 ")

    def test_drawing_a_page_cannot_write(self, client: Client) -> None:
        DataVersion.objects.update_or_create(pk=1, defaults={"number": 7})
        client.raise_request_exception = False
        assert client.get("/write/").status_code == 500
        assert DataVersion.objects.get(pk=1).number == 7


def test_without_a_replica_everything_reads_the_primary(client: Client, version: None) -> None:
    with replica.reading_from() as alias:
        assert alias == "default"
    assert b" default<" in client.get("/figures/").content
