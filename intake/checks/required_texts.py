"""Which of the required explanations stand in the text: tasks, changes, procurement, assets, terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from intake.checks.book import Book
from intake.checks.narrative.sentences import Sentence
from intake.parsing.draft import Finding

TEXT = "required-text"
MIN_PROSE = 300
"""Below so many characters in whole sentences (titles and table notes apart) the file holds tables
only; its text stands in another file or nowhere."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One explanation asked for, and words that a passage on it holds."""

    name: str
    name_en: str
    words: tuple[str, ...]


TOPICS: tuple[Topic, ...] = (
    Topic("主要职责", "tasks of the department", ("职责", "职能")),
    Topic(
        "机构设置",
        "its units",
        ("机构设置", "内设机构", "机构情况", "预算单位", "处室", "部门构成", "下属单位"),
    ),
    Topic("收支增减变化", "changes of revenue and expenditure", ("增加", "减少", "增长", "下降", "持平")),
    Topic("机关运行经费", "agency operating expenses", ("机关运行经费",)),
    Topic("政府采购", "government procurement", ("政府采购",)),
    Topic("国有资产占用", "state assets in use", ("国有资产", "公务用车", "车辆")),
    Topic("绩效目标或绩效评价", "performance objectives or evaluation", ("绩效",)),
    Topic("名词解释", "explanation of terms", ("名词解释", "专业名词", "是指", "：指", ":指")),
)
"""Explanations beside the tables: Budget Law art. 14 (机关运行经费, 政府采购); 财预〔2016〕143号
by the standard catalogue of open government at the base."""


def check_required_texts(book: Book) -> Iterator[Finding]:
    """Yield for each required explanation whether the text speaks of it (domain study 3).

    Words decide, not wording: a topic is there when a sentence or heading names it. A file of
    tables only gets one remark instead of eight.
    """
    sentences = book.sentences
    prose = [sentence.text for sentence in sentences if not sentence.heading and sentence.text.endswith("。")]
    if sum(map(len, prose)) < MIN_PROSE:
        yield Finding(
            check=TEXT,
            outcome="undetermined",
            severity="info",
            message="这份文件只有表格，没有文字说明。职责、增减变化、机关运行经费、政府采购等说明如在另一份文件里，请一并上传。",
            message_en="This file holds tables only. If the explanations (tasks, changes, agency operating expenses, "
            "procurement) stand in another file, please upload that too.",
        )
        return
    for topic in TOPICS:
        found = next((s for s in sentences if any(word in s.text for word in topic.words)), None)
        yield _present(topic, found) if found is not None else _missing(topic)


def _present(topic: Topic, sentence: Sentence) -> Finding:
    return Finding(
        check=TEXT,
        outcome="match",
        severity="info",
        message=f"应公开的文字说明“{topic.name}”已公开。",
        message_en=f"The required explanation of {topic.name_en} is there.",
        places=(sentence.place,),
    )


def _missing(topic: Topic) -> Finding:
    return Finding(
        check=TEXT,
        outcome="undetermined",
        severity="info",
        message=f"文字说明中没有找到“{topic.name}”。请核对是否漏写，或写在另一份文件里。",
        message_en=f"The text says nothing of {topic.name_en}. Please see whether it was left out, or stands in "
        "another file.",
    )
