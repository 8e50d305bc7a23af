"""Which place a department belongs to, told from its name, and how places are written in addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pypinyin import lazy_pinyin

CENTRAL: Final = "中央"
CENTRAL_NAMES: Final = re.compile(r"(中华人民共和国|国家|全国|中央|国务院|最高人民|中国(?!共产党))")
PARTIES: Final = re.compile(
    r"(中国共产党|中国共产主义青年团|中国国民党革命委员会|中共|共青团|民革|民盟|民建|民进|农工党|致公党|九三学社)"
)
PROVINCE: Final = r"[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,7}自治区|[\u4e00-\u9fff]{2}特别行政区"
CITY: Final = (
    r"[\u4e00-\u9fff]{2,5}?市|[\u4e00-\u9fff]{2,9}?自治州|[\u4e00-\u9fff]{2,4}?地区|[\u4e00-\u9fff]{2,4}?盟"
)
COUNTY: Final = r"[\u4e00-\u9fff]{2,9}?自治县|[\u4e00-\u9fff]{1,5}?[县旗区]|[\u4e00-\u9fff]{2,4}?市"
NO_PLACES: Final = re.compile(
    r".*(城市|都市|社区|园区|景区|名胜区|保护区|库区|牧区|林区|矿区|灾区|辖区|校区|院区|小区|地区|市区|城区管|郊区管|超市|门市)$"
)
"""Words that end like a place and are none (城市管理局, 社区服务中心)."""
SPELLINGS: Final = {
    "中央": "central", "拉萨": "lhasa", "西藏": "tibet", "陕西": "shaanxi", "内蒙古": "inner-mongolia",
    "重庆": "chongqing", "厦门": "xiamen", "六安": "luan", "蚌埠": "bengbu", "呼和浩特": "hohhot",
    "乌鲁木齐": "urumqi", "日喀则": "shigatse", "昌都": "chamdo", "林芝": "nyingchi", "山南": "shannan",
    "那曲": "nagqu", "阿里": "ngari", "哈尔滨": "harbin", "香港": "hong-kong", "澳门": "macao",
    "朝阳": "chaoyang", "乐山": "leshan", "长沙": "changsha", "长春": "changchun",
}  # fmt: skip
"""Place names whose usual spelling pinyin does not give."""
SUFFIX: Final = re.compile(r"(?<=..)(省|市|县|区|旗|盟|地区|自治州|自治县|自治区|特别行政区|新区)$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in a text: its parts from the widest (上海市, 普陀区), and what follows them."""

    parts: tuple[str, ...]
    rest: str

    @property
    def name(self) -> str:
        """The whole name, e.g. 上海市普陀区."""
        return "".join(self.parts)


def find_place(name: str) -> Place | None:
    """This will find the place a department's name begins with; None where it names none."""
    text = re.sub(r"\s", "", name)
    party = PARTIES.match(text)
    body = text[party.end() :] if party else text
    if not party and CENTRAL_NAMES.match(text):
        return Place((CENTRAL,), text)
    parts: list[str] = []
    for level in (PROVINCE, CITY, COUNTY):
        match = re.match(level, body)
        if match and not NO_PLACES.match(match[0]):
            parts.append(match[0])
            body = body[match.end() :]
    if not parts:
        return None
    return Place(tuple(parts), (party[0] if party else "") + body)


def spell_place(parts: tuple[str, ...]) -> str:
    """This will spell a place for addresses: 上海市普陀区 → ``shanghai-putuo``."""
    return "-".join(_spell_part(part) for part in parts)


def _spell_part(part: str) -> str:
    bare = SUFFIX.sub("", part)
    return SPELLINGS.get(bare) or SPELLINGS.get(part) or spell(bare)


def spell(text: str) -> str:
    """This will spell a text in letters and digits: full pinyin, without tones or blanks."""
    return re.sub(r"[^a-z0-9]+", "", "".join(lazy_pinyin(text)).lower())


def spell_initials(text: str) -> str:
    """This will spell the first letters of each syllable: 财政局 → ``czj``."""
    syllables = lazy_pinyin(text)
    return re.sub(
        r"[^a-z0-9]+",
        "",
        "".join(one if one.isascii() and one.isdigit() else one[:1] for one in syllables).lower(),
    )


def spell_english(parts: tuple[str, ...]) -> str:
    """This will name a place in English, the narrowest part first: ``Putuo, Shanghai``."""
    if parts == (CENTRAL,):
        return "Central government"
    return ", ".join(_spell_part(part).replace("-", " ").title() for part in reversed(parts))
