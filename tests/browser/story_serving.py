"""What citizens see of the services, beyond `story_services`: a course, a draft, applications at three stages."""

from datetime import timedelta
from io import BytesIO

WHO = {"name": "赵桂花", "phone": "13812345678", "identity": "110101194912310024"}


def tell(people) -> dict[str, str]:
    from huilian.areas.power.monitoring.services.complaints import complain
    from huilian.areas.serve.services.models import Item
    from huilian.areas.serve.services.queries.catalogue import point_of
    from huilian.areas.serve.services.services import applying, handling, papers, points, telling
    from huilian.foundation.now import now, today
    from tests.browser.story_portal import _session

    room, agent, clerk = point_of(people.liuhe_committee), people.bai_lu, people.shi_lei
    item = {row.code: row for row in Item.objects.filter(code__in=["SH-01", "SH-02", "SH-05"])}
    values = {
        "point": room, "kind": "training", "title": "果树冬季剪枝培训", "seats": 30,
        "text": "周六上午九点，村部二楼。", "opens_on": today(), "closes_on": today() + timedelta(days=7),
    }  # fmt: skip
    course = points.save_posting(None, values, by=agent)

    said = {"key": "b" * 32, "place": people.liuhe.code, "deliver_to": "home", **WHO}
    draft = applying.save_draft(f"{'c' * 32}:SH-01", item=item["SH-01"], said=said, step="papers")
    paper = item["SH-01"].materials.get(key="identity")
    applying.add_draft_file(draft, paper, BytesIO(photo()), "身份证正面.jpg")

    missing = applying.apply(item["SH-05"], applicant=WHO, place=people.liuhe)
    handling.receive(missing, by=agent)
    papers.ask_papers(missing, by=agent)
    done = applying.apply(
        item["SH-02"], applicant=WHO, point=point_of(people.qingshi_services), channel="window",
        seen=["identity", "household"], by=clerk,
    )  # fmt: skip
    handling.finish_now(done, result="granted", text="已参保登记，次月起生效。", by=clerk)
    telling.tell(done, way="handed", proof="本人签收", by=clerk)
    fresh = applying.apply(item["SH-05"], applicant=WHO, place=people.liuhe)
    complaint, code = complain(fresh.number, "窗口说材料不收，也没说为什么。")

    stamp, about = now().timestamp(), complaint.case.number
    sessions = {
        "citizen_applying": {"portal_begun": ["SH-01"]},
        "citizen_applied": {"portal_applied": {"number": fresh.number, "code": fresh.code, "at": stamp}},
        "citizen_asked": {"portal_follow": {"number": missing.number, "kind": "application", "at": stamp}},
        "citizen_served": {"portal_follow": {"number": done.number, "kind": "application", "at": stamp}},
        "citizen_complained": {"portal_complained": {"number": about, "code": code, "at": stamp}},
        "citizen_complaining": {"portal_follow": {"number": about, "kind": "complaint", "at": stamp}},
    }
    return {
        "service_village": people.liuhe.code,
        "posting": course.number,
        "cookie:citizen_applying": _cookie("c" * 32),
        **{f"session:{name}": _session(content) for name, content in sessions.items()},
    }


def photo(width: int = 600, height: int = 400) -> bytes:
    """A photograph as a telephone makes it."""
    from PIL import Image

    kept = BytesIO()
    Image.new("RGB", (width, height), "white").save(kept, "JPEG")
    return kept.getvalue()


def _cookie(token: str) -> str:
    from django.core.signing import get_cookie_signer

    from huilian.faces.portal.applying import COOKIE, SALT

    return f"{COOKIE}={get_cookie_signer(salt=COOKIE + SALT).sign(token)}"
