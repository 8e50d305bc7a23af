"""Invented places and departments; every name says 虚构."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

CITY_NAMES: Final = (
    "云川", "临溪", "青岩", "白沙", "长汀", "望江", "石桥", "金泉", "南浦", "北林", "东屏", "西岭", "安澜", "永渡", "清河湾",
    "松原岭", "柳塘", "梅岗", "竹溪滩", "桃源里",
)  # fmt: skip
KINDS: Final = (
    ("人民政府办公室", "20103"), ("发展和改革委员会", "20104"), ("统计局", "20105"), ("财政局", "20106"), ("审计局", "20108"),
    ("商务局", "20113"), ("市场监督管理局", "20138"), ("信访局", "20140"), ("公安局", "20402"), ("司法局", "20406"),
    ("教育局", "20502"), ("科学技术局", "20604"), ("文化和旅游局", "20701"), ("体育局", "20703"), ("人力资源和社会保障局", "20801"),
    ("民政局", "20802"), ("退役军人事务局", "20828"), ("残疾人联合会", "20811"), ("卫生健康委员会", "21001"), ("医疗保障局", "21015"),
    ("生态环境局", "21101"), ("住房和城乡建设局", "21201"), ("城市管理局", "21201"), ("农业农村局", "21301"), ("水利局", "21303"),
    ("林业局", "21302"), ("交通运输局", "21401"), ("工业和信息化局", "21505"), ("自然资源和规划局", "22001"), ("气象局", "22005"),
    ("粮食和物资储备局", "22201"), ("应急管理局", "22401"), ("消防救援支队", "22402"), ("行政审批局", "20103"),
    ("机关事务管理局", "20103"), ("档案馆", "20126"), ("妇女联合会", "20129"), ("总工会", "20129"), ("红十字会", "20816"),
    ("供销合作社", "21602"),
)  # fmt: skip
"""Department and the functional 款 most of its money goes to."""


@dataclass(frozen=True, slots=True)
class InventedDepartment:
    """One invented department with what its budgets grow from."""

    province: str
    city: str
    slug: str
    name: str
    function: str
    size: float
    """Roughly how many times the money of a small department."""


def invent_departments(count: int, *, seed: int) -> Iterator[InventedDepartment]:
    """This will yield ``count`` departments of invented cities, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - invented figures, no secrets
    province = f"虚构省{seed}"
    for number in range(count):
        city_number, kind = divmod(number, len(KINDS))
        stem = CITY_NAMES[city_number % len(CITY_NAMES)]
        again = city_number // len(CITY_NAMES)
        city = f"虚构{stem}{again + 1 if again else ''}市"
        title, function = KINDS[kind]
        yield InventedDepartment(
            province=province,
            city=f"{province}{city}",
            slug=f"invented-{seed}-{city_number + 1}-{kind + 1}",
            name=f"{city}{title}（虚构）",
            function=function,
            size=chance.lognormvariate(1.2, 0.9),
        )
