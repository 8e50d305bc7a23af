"""Items of the economic classification as columns (决算明细表): 基本工资 under 工资福利支出 is ``item_30101``.

Names and codes as in the classification of departmental budgets (``domain.md`` §5.4).
"""

from __future__ import annotations

import re

_ITEMS = {
    "301": "01基本工资 02津贴补贴 03奖金 06伙食补助费 07绩效工资 08机关事业单位基本养老保险缴费 09职业年金缴费 10职工基本医疗保险缴费 "
    "11公务员医疗补助缴费 12其他社会保障缴费 13住房公积金 14医疗费 99其他工资福利支出",
    "302": "01办公费 02印刷费 03咨询费 04手续费 05水费 06电费 07邮电费 08取暖费 09物业管理费 11差旅费 12因公出国(境)费用 13维修(护)费 "
    "14租赁费 15会议费 16培训费 17公务接待费 18专用材料费 24被装购置费 25专用燃料费 26劳务费 27委托业务费 28工会经费 29福利费 "
    "31公务用车运行维护费 39其他交通费用 40税金及附加费用 99其他商品和服务支出",
    "303": "01离休费 02退休费 03退职(役)费 04抚恤金 05生活补助 06救济费 07医疗费补助 08助学金 09奖励金 10个人农业生产补贴 "
    "11代缴社会保险费 99其他对个人和家庭的补助",
    "310": "01房屋建筑物购建 02办公设备购置 03专用设备购置 05基础设施建设 06大型修缮 07信息网络及软件购置更新 13公务用车购置 "
    "19其他交通工具购置 21文物和陈列品购置 22无形资产购置 99其他资本性支出",
}
_CLASSES = {
    "301": re.compile(r"工资福利"),
    "302": re.compile(r"商品和?服务支出"),
    "303": re.compile(r"对个人和家庭"),
    "310": re.compile(r"资本性支出(?!\(基本建设\))"),
}
_CODES = {
    (scheme, item[2:]): f"item_{scheme}{item[:2]}"
    for scheme, items in _ITEMS.items()
    for item in items.split()
}


def find_economic_item(text: str, above: tuple[str, ...]) -> str | None:
    """Return ``item_<code>`` of a heading under the heading of its economic class, None elsewhere."""
    for scheme, pattern in _CLASSES.items():
        if any(pattern.search(heading) for heading in above):
            return _CODES.get((scheme, text))
    return None
