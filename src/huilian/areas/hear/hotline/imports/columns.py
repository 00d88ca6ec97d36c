"""The columns of an import: one name of ours, and the headings under which other systems export the same."""

from django.utils.translation import gettext as _

from huilian.engine.sheets import Column
from huilian.foundation.codes import check_identity
from huilian.foundation.errors import Invalid

CLASSES = {
    "一般": "general",
    "普通": "general",
    "一般件": "general",
    "general": "general",
    "特殊": "special",
    "特殊件": "special",
    "special": "special",
    "重大复杂": "major",
    "重大": "major",
    "复杂": "major",
    "疑难": "major",
    "重大或复杂": "major",
    "major": "major",
}
SOLVED = {
    "已解决": "yes",
    "解决": "yes",
    "是": "yes",
    "yes": "yes",
    "部分解决": "partly",
    "partly": "partly",
    "未解决": "no",
    "否": "no",
    "no": "no",
}
# A word for “said nothing” is no grade: silence is never counted as satisfied.
SATISFACTION = {
    "非常满意": 5,
    "很满意": 5,
    "满意": 4,
    "基本满意": 3,
    "一般": 3,
    "不满意": 2,
    "很不满意": 1,
    "非常不满意": 1,
    "未评价": None,
    "未表态": None,
    "默认满意": None,
    "5": 5,
    "4": 4,
    "3": 3,
    "2": 2,
    "1": 1,
    "very satisfied": 5,
    "satisfied": 4,
    "basically satisfied": 3,
    "dissatisfied": 2,
    "very dissatisfied": 1,
}
ENDS = {
    "办结": "closed",
    "已办结": "closed",
    "closed": "closed",
    "依法解释": "explained",
    "依法解释办结": "explained",
    "explained": "explained",
    "联系不上": "unreached",
    "三次联系不上": "unreached",
    "未联系上": "unreached",
    "unreached": "unreached",
    "不予受理": "refused",
    "refused": "refused",
    "并入首件": "merged",
    "merged": "merged",
}
NAMELESS = {"匿名", "不愿透露", "无", "未知", "anonymous"}


def _identity(value: str) -> None:
    """Checked, since a damaged number betrays a damaged row; never kept, since the hotline does not need it."""
    check_identity(value)


def _name(value: str) -> str:
    return "" if value.casefold() in NAMELESS else value


def _phone(value: str) -> str:
    digits = sum(c.isdigit() for c in value)
    if not digits:
        return ""
    if not 7 <= digits <= 13:
        raise Invalid(_("This telephone number cannot be right. Give 7 to 13 digits or leave it empty."))
    return value


def columns() -> list[Column]:
    """Every column an import understands. Only the moment of receipt and the text must be there."""
    when = "datetime"
    return [
        Column("number", "编号", "code", max_length=40, aliases=(
            "id", "number", "order number", "工单编号", "工单号", "受理编号", "诉求编号", "来信编号",
            "留言编号", "信件编号",
            "订单编号", "事件编号", "流水号")),
        Column("title", "标题", aliases=(
            "subject", "title", "主题", "留言主题", "诉求标题", "工单标题", "来信标题", "事项标题", "信件标题")),
        Column("received_at", "受理时间", when, required=True, aliases=(
            "received_at", "received", "来电时间", "来信时间", "留言时间", "登记时间", "接收时间", "诉求时间",
            "创建时间",
            "受理日期", "来信日期", "提交时间")),
        Column("text", "内容", required=True, aliases=(
            "text", "content", "诉求内容", "工单内容", "来信内容", "留言详情", "留言内容", "问题描述", "诉求描述",
            "反映内容", "主要内容", "信件内容", "事项内容")),
        Column("reply", "答复内容", aliases=(
            "reply", "answer", "答复意见", "答复", "回复内容", "回复", "办理结果", "处理结果", "办理意见", "答复情况",
            "办理情况")),
        Column("answered_at", "答复时间", when, aliases=(
            "replied_at", "answered_at", "回复时间", "答复日期", "办理时间", "办理完成时间", "反馈群众时间")),
        Column("class_key", "类别", "choice", choices=CLASSES, aliases=(
            "class", "事项类别", "工单类别", "办理类别", "诉求类别", "工单等级", "紧急程度")),
        Column("channel", "渠道", aliases=("channel", "受理渠道", "诉求渠道", "来源", "诉求来源", "来件方式",
            "来电渠道")),
        Column("matter", "事项", aliases=("matter", "matter code", "派单事项", "事项编码", "事项代码",
            "派单目录", "事项名称")),
        Column("topic", "主题分类", max_length=40, aliases=(
            "topic", "一级分类", "一级标签", "诉求分类", "内容分类", "问题分类")),
        Column("unit", "承办单位", aliases=(
            "unit", "主办单位", "办理单位", "处置单位", "责任单位", "答复单位", "承办部门", "主办部门")),
        Column("township", "乡镇", aliases=(
            "township", "town", "乡镇（街道）", "乡镇街道", "街道", "所属乡镇", "所属街道", "事发乡镇", "镇街")),
        Column("village", "村", aliases=(
            "village", "村（社区）", "村社区", "村居", "社区", "行政村", "所属村居", "所属村", "事发村")),
        Column("place_code", "区划代码", "code", aliases=("place", "place code", "行政区划代码", "事发地区划代码")),
        Column("where", "地点", max_length=120, aliases=("where", "address", "地址", "详细地址", "事发地点",
            "事发地址")),
        Column("caller_name", "诉求人", max_length=40, check=_name, aliases=(
            "caller", "来电人", "来信人", "留言人", "姓名", "联系人", "诉求人姓名", "来电人姓名", "反映人")),
        Column("caller_phone", "联系电话", "code", max_length=20, check=_phone, aliases=(
            "phone", "telephone", "电话", "手机", "手机号", "手机号码", "来电号码", "联系方式", "诉求人电话")),
        Column("identity", "身份证号", "code", check=_identity, aliases=(
            "identity number", "id card", "身份证", "身份证号码", "公民身份号码", "证件号码")),
        Column("keeps_secret", "是否保密", "yesno", aliases=("keeps_secret", "secret", "保密", "要求保密")),
        Column("dispatched_at", "派单时间", when, aliases=(
            "dispatched_at", "dispatch time", "派发时间", "转办时间", "交办时间")),
        Column("signed_at", "签收时间", when, aliases=("signed_at", "sign time", "接单时间", "签收日期")),
        Column("contacted_at", "首次联系时间", when, aliases=("contacted_at", "联系群众时间", "首次联系群众时间")),
        Column("returns", "退单次数", "integer", aliases=("returns", "退回次数", "异议次数")),
        Column("paused_at", "中止时间", when, aliases=("paused_at", "挂起时间", "暂停时间")),
        Column("resumed_at", "恢复时间", when, aliases=("resumed_at", "解挂时间", "恢复办理时间")),
        Column("pause_reason", "中止原因", max_length=200, aliases=("pause reason", "挂起原因", "暂停原因")),
        Column("extension", "延期工作日", "integer", aliases=("extension", "延期天数", "延长工作日")),
        Column("extension_reason", "延期原因", aliases=("extension reason", "延期理由")),
        Column("at_once", "当场解答", "yesno", aliases=("at_once", "answered at once", "即时办结", "直接解答",
            "直办")),
        Column("report", "反馈内容", aliases=("report", "反馈情况", "办理报告")),
        Column("reported_at", "反馈时间", when, aliases=("reported_at", "反馈平台时间", "回复平台时间")),
        Column("checked_at", "审核时间", when, aliases=("checked_at", "审核通过时间", "初审时间")),
        Column("called_at", "回访时间", when, aliases=("called_at", "call-back time", "回访日期", "评价时间")),
        Column("solved", "是否解决", "choice", choices=SOLVED, aliases=(
            "solved", "回访结果", "解决情况", "是否已解决", "call-back result")),
        Column("satisfaction", "满意度", "choice", choices=SATISFACTION, aliases=(
            "satisfaction", "满意情况", "评价", "评价结果", "满意度评价", "群众评价")),
        Column("call_note", "回访记录", aliases=("call-back note", "回访内容", "回访备注", "回访情况")),
        Column("closed_at", "办结时间", when, aliases=("closed_at", "closed", "结案时间", "归档时间", "办结日期")),
        Column("end", "办结方式", "choice", choices=ENDS, aliases=("outcome", "结案方式", "办结类型", "办结结果")),
        Column("ground", "不予受理情形", aliases=("ground", "不予受理依据", "不受理原因")),
        Column("first", "首件编号", "code", max_length=40, aliases=("merged into", "first", "首件", "并入编号")),
    ]  # fmt: skip
