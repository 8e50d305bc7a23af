"""The first rules by which projects are grouped; an administrator may change or add to them."""

from django.db import migrations

# slug, name, English name, words, words not, with personnel, order, note, English note
GROUPS = (
    ("contract-staff", "聘用与外包人员", "Contract and outsourced staff",
     "社招 人员经费 聘用 编外 临聘 劳务派遣 合同制 辅警 协管 购买岗位 公益性岗位补贴",
     "工会 培训 体检 慰问 离退休 退休 一次性", True, 10,
     "不在编制内、用项目钱雇的人。表里的“人员经费”通常不含他们。",
     "People hired with project money, outside the establishment; “personnel” in the tables usually leaves them out."),
    ("it", "信息化", "Information technology",
     "信息化 信息系统 网络 平台 系统 智能 智慧 密码 软件 数据 运维 机房 数字化 云服务",
     "人员经费 体系建设 系统内 宣传平台 融资平台 公共资源交易中心", False, 20,
     "系统、平台、网络的建设和运行。", "Building and running systems, platforms and networks."),
    ("hotline-12345", "名称写明 12345 的", "Projects that name 12345", "12345", "", False, 30,
     "名称里写着 12345 热线的项目，含与别的平台共用的。", "Projects whose name says 12345, those shared with other platforms included."),
    ("hotline-12345-own", "其中专用于 12345 的", "of which for 12345 alone", "12345", "密码资源池 公共资源交易 一体化", False, 31,
     "去掉与别的平台共用的项目。", "Without projects shared with other platforms."),
    ("property", "物业、房租与修缮", "Property, rent and repairs", "物业 保洁 绿化 安保 房租 租赁 修缮 维修 改造 用房", "系统 平台 老旧小区 棚户区", False, 40,
     "办公和服务场所的看护、租用、维修。", "Looking after, renting and repairing premises."),
    ("publicity", "宣传与印刷", "Publicity and printing", "宣传 广告 印刷 推介 刊物 融媒体 展厅", "宣传部", False, 50,
     "对外宣传、印制。", "Publicity and printing."),
    ("meetings-training", "会议与培训", "Meetings and training", "会议 培训 研修 论坛", "", False, 60,
     "开会、办班。", "Meetings and courses."),
    ("consulting", "评审、咨询与审计服务", "Reviews, consulting and audits", "评审 咨询 评估 中介 第三方 绩效评价 审计服务 课题 规划编制 鉴定 检测", "", False, 70,
     "请专业机构看、查、写。", "Professional firms that review, examine and write."),
)


def add_groups(apps, schema_editor):
    """Write the groups that are not there yet."""
    group = apps.get_model("performance", "ProjectGroup")
    for slug, name, name_en, words, words_not, with_personnel, order, note, note_en in GROUPS:
        group.objects.get_or_create(
            slug=slug,
            defaults={
                "name": name,
                "name_en": name_en,
                "words": "\n".join(words.split()),
                "words_not": "\n".join(words_not.split()),
                "with_personnel": with_personnel,
                "order": order,
                "note": note,
                "note_en": note_en,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("performance", "0002_promises_judged")]
    operations = [migrations.RunPython(add_groups, migrations.RunPython.noop)]
