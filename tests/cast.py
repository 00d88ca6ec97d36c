"""The people of every test: a tiny 安澜县, built by the product's own services.

The county is fictional: no province of GB/T 2260 begins with 99, so 999901 belongs to nobody and never will.
Use the fixture `cast`; `cast.wang_min` is a User ready for `by=` or `client.force_login`.
"""

from dataclasses import dataclass, field
from datetime import date

import pytest

from .memory import remembered

SINCE = date(2020, 1, 1)
PASSWORD = "Anlan-Qing-2026"

PLACES = (  # attribute, significant digits, name, parent's attribute
    ("county", "999901", "安澜县", None),
    ("qingshi", "999901101", "青石镇", "county"),
    ("liuhe", "999901101201", "柳河村", "qingshi"),
    ("shanqian", "999901101202", "山前村", "qingshi"),
    ("baisha", "999901102", "白沙乡", "county"),
    ("dongwan", "999901102201", "东湾村", "baisha"),
    ("xiling", "999901102202", "西岭村", "baisha"),
)
UNITS = (  # attribute, name, kind, place's attribute
    ("county_government", "安澜县人民政府", "county_government", "county"),
    ("administration", "安澜县大数据中心", "public_body", "county"),
    ("commission", "安澜县纪律检查委员会", "discipline", "county"),
    ("housing", "安澜县住房和城乡建设局", "department", "county"),
    ("agriculture", "安澜县农业农村局", "department", "county"),
    ("hotline", "安澜县民生热线中心", "hotline_centre", "county"),
    ("qingshi_government", "青石镇人民政府", "township_government", "qingshi"),
    ("baisha_government", "白沙乡人民政府", "township_government", "baisha"),
    ("liuhe_committee", "柳河村村民委员会", "village_committee", "liuhe"),
    ("liuhe_cooperative", "柳河村股份经济合作社", "cooperative", "liuhe"),
    ("liuhe_supervision", "柳河村村务监督委员会", "supervision_committee", "liuhe"),
    ("qingshi_agency", "青石镇农村集体“三资”委托代理中心", "station", "qingshi"),
    ("civil_affairs", "安澜县民政局", "department", "county"),
    ("approval", "安澜县行政审批局", "department", "county"),
    ("monitoring", "安澜县电子监察中心", "public_body", "county"),
    ("qingshi_services", "青石镇便民服务中心", "station", "qingshi"),
    ("dongwan_committee", "东湾村村民委员会", "village_committee", "dongwan"),
    ("dongwan_cooperative", "东湾村股份经济合作社", "cooperative", "dongwan"),
    ("exchange", "安澜县农村产权交易中心", "public_body", "county"),
)
PEOPLE = (  # attribute, name, unit's attribute, post, roles (those declared are given), heads the unit
    ("li_xiao", "李晓", "liuhe_committee", "报账员", ("village_accountant",), False),
    ("liu_changgui", "刘长贵", "liuhe_committee", "主任", ("village_head", "village_clerk", "seal_reviewer"), True),
    ("feng_lan", "冯兰", "liuhe_supervision", "主任", ("village_stamper", "decision_supervisor"), True),
    ("ma_jun", "马军", "qingshi_agency", "代理会计", ("agency_bookkeeper",), False),
    ("tang_yun", "唐云", "qingshi_agency", "主任", ("agency_reviewer",), True),
    ("luo_cheng", "罗成", "qingshi_government", "分管副镇长", ("township_approver", "seal_approver"), False),
    ("jiang_hong", "蒋红", "agriculture", "农经股股长", ("collective_officer", "alert_officer"), False),
    ("hao_jing", "郝静", "civil_affairs", "基层政权股股长", ("power_officer", "decision_officer"), False),
    ("ding_ke", "丁可", "monitoring", "监察员", ("monitoring_officer",), False),
    ("gao_jie", "高洁", "housing", "风险防控联络员", ("risk_liaison",), False),
    ("shen_yu", "沈瑜", "commission", "党风政风监督室主任", ("risk_supervisor",), False),
    ("zhu_min", "朱敏", "liuhe_committee", "印章保管员", ("seal_keeper",), False),
    ("bai_lu", "白露", "liuhe_committee", "代办员", ("proxy_agent", "seal_applicant"), False),
    ("shi_lei", "石磊", "qingshi_services", "窗口人员", ("window_clerk",), False),
    ("yu_fei", "于菲", "qingshi_services", "主任", ("service_head",), True),
    ("kong_li", "孔丽", "approval", "窗口首席代表", ("window_clerk", "approval_clerk"), False),
    ("cao_jun", "曹俊", "approval", "局长", ("unit_head", "service_officer"), True),
    ("wang_min", "王敏", "qingshi_government", "办事员", ("township_clerk",), False),
    ("zhao_jianguo", "赵建国", "county_government", "分管副县长", ("county_leader",), False),
    ("sun_yan", "孙燕", "baisha_government", "办事员", ("township_clerk",), False),
    ("zhou_hui", "周慧", "hotline", "话务员", ("hotline_operator", "department_clerk"), False),
    ("chen_lixin", "陈立新", "hotline", "主任", ("hotline_supervisor", "unit_head"), True),
    ("wu_mei", "吴梅", "hotline", "回访员", ("hotline_operator",), False),
    ("qian_jing", "钱静", "hotline", "复核员", ("hotline_reviewer",), False),
    ("he_wei", "何伟", "housing", "经办人", ("department_clerk",), False),
    ("xu_fang", "徐芳", "housing", "局长", ("unit_head",), True),
    ("lin_zheng", "林正", "commission", "纪检监察室主任", ("discipline_officer",), False),
    ("yao_jing", "姚静", "liuhe_committee", "议事记录员", ("decision_clerk",), False),
    ("yan_dong", "严冬", "qingshi_government", "党政办主任", ("decision_office", "town_decision_clerk"), False),
    ("system_admin", "系统管理员", "administration", "系统管理岗", ("system_administrator",), False),
    ("security_admin", "安全管理员", "administration", "安全管理岗", ("security_administrator",), False),
    ("pan_yue", "潘越", "liuhe_cooperative", "业务员", ("exchange_applicant",), False),
    ("yan_bin", "严斌", "qingshi_government", "农经站站长", ("exchange_town",), False),
    ("su_ping", "苏萍", "exchange", "业务受理岗", ("exchange_clerk",), False),
    ("deng_hai", "邓海", "exchange", "结算岗", ("exchange_cashier",), False),
    ("fang_yi", "方毅", "exchange", "主任", ("exchange_officer",), True),
    ("meng_ting", "孟婷", "commission", "派驻监督员", ("exchange_watcher",), False),
    ("audit_admin", "审计管理员", "administration", "审计管理岗", ("audit_administrator",), False),
    ("gu_ping", "顾平", "liuhe_committee", "工程管理员", ("works_clerk",), False),
    ("dai_qing", "戴青", "qingshi_government", "村镇建设办主任", ("works_reviewer",), False),
    ("yan_bo", "严波", "housing", "村镇建设股股长", ("works_officer",), False),
)


@dataclass
class Cast:
    """Places, units, posts and users by attribute; `cast.everybody` lists the users."""

    posts: dict = field(default_factory=dict)
    everybody: list = field(default_factory=list)

    def person(self, name: str):
        return getattr(self, name).person


def build() -> Cast:
    """Build the county by services, in the caller's transaction. Accounts have no usable password: use force_login."""
    from huilian.engine.accounts.models import User
    from huilian.engine.directory import services
    from huilian.engine.directory.models import Person, Post, Unit
    from huilian.engine.directory.roles import catalogue
    from huilian.engine.trail.actors import SYSTEM

    cast = Cast()
    for key, code, name, parent in PLACES:
        place = services.add_place(code=code, name=name, parent=parent and getattr(cast, parent), by=SYSTEM)
        setattr(cast, key, place)
    rows = [Unit(name=name, kind=kind, place=getattr(cast, place)) for _key, name, kind, place in UNITS]
    for (key, *_rest), unit in zip(UNITS, services.add_units(rows, by=SYSTEM), strict=True):
        setattr(cast, key, unit)
    users = [User(username=key, name=name, password="!") for key, name, *_rest in PEOPLE]  # "!" is no hash: unusable
    people = [Person(name=user.name, user=user) for user in User.objects.bulk_create(users)]
    posts = [
        Post(unit=getattr(cast, unit), name=title, roles=[r for r in roles if r in catalogue()], is_head=is_head)
        for _key, _name, unit, title, roles, is_head in PEOPLE
    ]
    services.add_people(people, by=SYSTEM)
    services.add_posts(posts, by=SYSTEM)
    services.appoint_all(zip(people, posts, strict=True), starts_on=SINCE, by=SYSTEM)
    for user, post in zip(users, posts, strict=True):
        setattr(cast, user.username, user)
        cast.posts[user.username] = post
        cast.everybody.append(user)
    return cast


@pytest.fixture
def cast(db) -> Cast:
    return remembered(build, build)
