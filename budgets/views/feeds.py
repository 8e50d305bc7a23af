"""``/feed.xml``, ``/sitemap.xml`` and ``/robots.txt``: what is new, and what there is, for machines."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from budgets.models import Department, Disclosure, PublicEvent, Region
from budgets.models.vocabulary import Stage

NEWEST = 100


def name_event(kind: str) -> str:
    """Return what happened, in words."""
    names = {
        "published": _("公开"),
        "revised": _("新版本"),
        "withdrawn": _("撤回"),
        "corrected": _("更正"),
        "taken_down": _("原件撤下"),
        "changed": _("数字有变"),
    }
    return names.get(kind, kind)


class ChangesFeed(Feed):
    """Publications, revisions, withdrawals and corrections, newest first, as Atom."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Return the feed's title."""
        return _("部门预决算：新公开与更正")

    def link(self) -> str:
        """Return the page the feed belongs to."""
        return reverse("pages:home")

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return settings.SITE_URL.rstrip("/") + reverse("questions:feed")

    def subtitle(self) -> str:
        """Return what the feed tells."""
        return _("每次发布、修订、撤回和更正，连同变动前后的数字。")

    def items(self) -> QuerySet[PublicEvent]:
        """Return the newest events."""
        return PublicEvent.objects.select_related("disclosure__department__region", "revision").defer(
            "revision__snapshot"
        )[:NEWEST]

    def item_title(self, item: PublicEvent) -> str:
        """Return one event in a line."""
        disclosure = item.disclosure
        return _("%(what)s：%(name)s %(year)s年%(stage)s") % {
            "what": name_event(item.kind),
            "name": disclosure.department.name,
            "year": disclosure.fiscal_year,
            "stage": Stage(disclosure.stage).label,
        }

    def item_description(self, item: PublicEvent) -> str:
        """Return what changed, old and new."""
        changed = f"{item.label}：{item.old} → {item.new}" if item.old or item.new else item.label
        return " ".join(filter(None, (changed, item.reason)))

    def item_link(self, item: PublicEvent) -> str:
        """Return the address of the revision, which never changes."""
        disclosure = item.disclosure
        args = [disclosure.department.slug, disclosure.fiscal_year, Stage(disclosure.stage).slug]
        return (
            reverse("pages:revision", args=[*args, item.revision.number])
            if item.revision
            else reverse("pages:disclosure", args=args)
        )

    def item_guid(self, item: PublicEvent) -> str:
        """Return a name of the event that stays the same."""
        return f"{settings.SITE_URL.rstrip('/')}/#event-{item.pk}"

    def item_updateddate(self, item: PublicEvent) -> datetime.datetime:
        """Return when it happened."""
        return item.at

    def item_author_name(self, item: PublicEvent) -> str:
        """Return the publishing department."""
        return item.disclosure.department.name

    def get_feed(self, obj: Any, request: HttpRequest) -> Any:
        """Return the feed with addresses of the site as configured and in the reader's language."""
        feed = super().get_feed(obj, request)
        feed.feed["language"] = get_language()
        return feed


def list_addresses() -> Iterator[str]:
    """Yield every public page's path in Chinese."""
    yield from (
        "/",
        "/departments/",
        "/compare/",
        "/performance/",
        "/checks/",
        "/glossary/",
        "/downloads/",
        "/about/",
    )
    for slug in Region.objects.values_list("slug", flat=True).iterator():
        yield f"/regions/{slug}/"
    for slug in (
        Department.objects.filter(disclosures__current__isnull=False)
        .distinct()
        .values_list("slug", flat=True)
        .iterator()
    ):
        yield f"/departments/{slug}/"
    published = Disclosure.objects.filter(current__isnull=False).order_by("pk")
    for slug, year, stage in published.values_list("department__slug", "fiscal_year", "stage").iterator():
        base = f"/departments/{slug}/{year}/{Stage(stage).slug}/"
        yield base
        yield f"{base}checks/"


def show_sitemap(request: HttpRequest) -> HttpResponse:
    """Give the sitemap in both languages."""
    site = settings.SITE_URL.rstrip("/")

    class Sink:
        """Takes what the XML writer writes and gives it on."""

        def __init__(self) -> None:
            self.parts: list[str] = []

        def write(self, text: str | bytes) -> None:
            self.parts.append(text.decode() if isinstance(text, bytes) else text)

    def write() -> Iterator[str]:
        sink = Sink()
        xml = SimplerXMLGenerator(sink, "utf-8")
        xml.startDocument()
        xml.startElement("urlset", AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"}))
        for path in list_addresses():
            for prefix in ("", "/en"):
                xml.startElement("url", AttributesImpl({}))
                xml.addQuickElement("loc", f"{site}{prefix}{path}")
                xml.endElement("url")
            yield "".join(sink.parts)
            sink.parts.clear()
        xml.endElement("urlset")
        xml.endDocument()
        yield "".join(sink.parts)

    return StreamingHttpResponse(list(write()), content_type="application/xml")  # type: ignore[return-value]


def show_robots(request: HttpRequest) -> HttpResponse:
    """Let every machine read the public pages."""
    site = settings.SITE_URL.rstrip("/")
    return HttpResponse(
        f"User-agent: *\nDisallow: /admin/\nDisallow: /en/admin/\nDisallow: /search/\nDisallow: /en/search/\nSitemap: {site}/sitemap.xml\n",
        content_type="text/plain; charset=utf-8",
    )
