"""Two small pages of our own, so that serving is tested apart from what real pages show."""

import time

from django.conf import settings
from django.db import OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import path

from budgets.models import DataVersion
from budgets.replica import reading_alias

DRAWN: list[str] = []
handler500 = "config.errors.server_error"


def figures(request: HttpRequest) -> HttpResponse:
    """This will show the number of publications, twice, with a pause that a test may fill."""
    DRAWN.append(request.get_full_path())
    first = DataVersion.objects.get(pk=1).number
    if "during" in request.GET:
        settings.DURING_THE_PAGE()
    second = DataVersion.objects.get(pk=1).number
    filling = "拉萨市行政审批和便民服务局 " * 200
    return HttpResponse(f"<p>{first} {second} {reading_alias()}</p>{filling}")


def broken(request: HttpRequest) -> HttpResponse:
    """This will fail in the way that the address asks for."""
    if "replica" in request.GET and reading_alias() == "default":
        return HttpResponse("served by the primary")
    if "bug" in request.GET:
        raise RuntimeError("a bug")
    raise OperationalError("the connection is lost")


def personal(request: HttpRequest) -> HttpResponse:
    """This will set a cookie."""
    response = HttpResponse("for one reader alone " * 100)
    response.set_cookie("reader", "1")
    return response


def slow(request: HttpRequest) -> HttpResponse:
    """This will answer after two seconds."""
    time.sleep(2)
    return HttpResponse("finished")


def write(request: HttpRequest) -> HttpResponse:
    """This will try to write while a page is drawn."""
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE budgets_dataversion SET number = 0")
    return HttpResponse("written")


urlpatterns = [
    path("figures/", figures),
    path("broken/", broken),
    path("write/", write),
    path("slow/", slow),
    path("personal/", personal),
]
