"""Tips over every way in: heard, repeated, carried up, avenged, made a lead, answered, just come in.

Everything is made up. What is said lies in the vault: whoever wants to read it signs in as one of the team and unlocks
a key. One reporter's code is printed, so that a visitor can follow a tip from the outside.
"""

import io
from datetime import timedelta

from PIL import Image

from huilian.areas.hear.tips import services
from huilian.areas.hear.tips.models import Tip
from huilian.areas.hear.tips.services import reporter
from huilian.foundation.now import frozen, now

OFFICE = "县纪委监委"
RELIEF = "村里低保评议没有开会，会议记录上的名字是补签的。有三户条件更差没有评上，评上的一户有轿车。"
WELL = "双井村机井工程合同价二十八万元，实际只打了一眼井，另一眼是旧井刷漆。验收单上有村委会的章。"
PAPER = "反映在危房改造验收时要求农户到指定门店买材料，不买就不签字，涉及石门村四户。"
FEES = "上坊村收取自来水入户费每户六百元，没有收据，账上查不到，去年以来一共三十多户。"


def tell(county, cast: dict, ring) -> tuple[str, Tip]:
    """Tell the tips. Gives the code of the reporter whom a visitor may be, and the tip that is to become a lead."""
    units, present = county.units, now()
    desk, handler, other, head = (cast[login] for login in ("fuqin", "guojing", "leiming", "fanglan"))

    def ago(days: float):
        return frozen(present - timedelta(days=days))

    def about(village: str, field: str, micro: str = "") -> dict:
        return {"unit": units[village], "place": units[village].place, "field": field, "micro": micro}

    def accept(days: float, tip: Tip, to) -> Tip:
        with ago(days):
            until = present + timedelta(days=90)
            token = ring.token(desk)
            return services.accept(tip, unit=units[OFFICE], handlers=[to], until=until, token=token, by=desk)

    # Without a name, with a photograph, in talk with the team: the one whose code is printed.
    with ago(30):
        tip, code = reporter.hand_in(
            text=RELIEF, files=[(_photo(), "IMG_0231.jpg")], **about("石门村", "relief", "favour")
        )
    accept(27, tip, handler)
    with ago(26):
        services.say(tip, "已经受理。请问会议记录您是在哪里看到的，有没有那次评议的通知？", by=handler)
    with ago(24):
        reporter.add(tip, "公开栏上贴过名单，没有贴通知。有一户说自己那天在外地，名字是别人写的。")
    with ago(9):
        services.say(tip, "正在核对签到表和公示照片，还需要两周左右。", by=handler)

    # A letter with a name, later a lead; the same person telephones again: kept as a repeat.
    known = {"name": "周大山", "phone": "13900001111", "address": "双井村"}
    with ago(45):
        well = services.take_in(
            channel="letter", text=WELL, named="named", identity=known,
            persons=[{"name": "井长顺", "post": "村委会委员"}], **about("双井村", "works", "false_claim"), by=desk,
        ).tip  # fmt: skip
        services.pledge(by=desk)
    well = accept(42, well, handler)
    with ago(41):
        services.tell_acceptance(well, by=handler)
    with ago(20):
        again = services.take_in(
            channel="phone", text="上个月写过信，第二眼井还是没有打，请抓紧。", named="named", identity=known,
            recording=f"录音{now():%Y%m%d}-03", **about("双井村", "works", "false_claim"), by=desk,
        ).tip  # fmt: skip
    with ago(19):
        services.keep_repeat(again, of=well.number, by=desk)

    # Somebody is made to pay for having reported: a matter of its own at once, in the fast lane.
    with ago(25):
        fees = reporter.hand_in(text=FEES, **about("上坊村", "assets", "shakedown")).tip
    accept(22, fees, other)
    with ago(5):
        revenge = reporter.protect(fees, "查账以后，村里停了我家的水，说谁反映谁自己打井。")
    accept(4.5, revenge, handler)

    # Came in person, heard, answered, content.
    with ago(80):
        answered = services.take_in(
            channel="visit", text=PAPER, named="named", identity={"name": "石秀兰", "phone": "13900002222"},
            **about("石门村", "homestead", "shakedown"), by=desk,
        ).tip  # fmt: skip
    answered = accept(77, answered, other)
    with ago(75):
        services.tell_acceptance(answered, by=other)
    with ago(38):
        services.say(answered, "经核实，反映属实。已责令退还差价，经办人受到处理，验收改由镇里统一组织。", by=other)
        services.conclude(answered, by=other)
    with ago(36):
        answered = services.tell_result(answered, by=other)
        reporter.rate(answered, 5)

    # On the head of the commission itself: carried up by hand, nothing of it stays here.
    with ago(33):
        up = reporter.hand_in(text="反映县纪委监委主要负责人插手干部调整。", level=Tip.Level.OWN_HEAD).tip
    with ago(31):
        services.hand_over(up, receipt="市纪委监委收件回执2026-0117", by=desk)

    # Not a matter of discipline: the head lets it pass to the petitions office.
    with ago(12):
        noise = reporter.hand_in(
            text="镇区烧烤摊油烟扰民，多次反映没有人管。", sort=Tip.Sort.OTHER, **about("青石镇", "other")
        ).tip
    with ago(11):
        services.ask_petition(noise, note="属于城市管理事项", by=desk)
    with ago(10):
        services.decide_petition(noise, agreed=True, by=head)

    # Just come in: to be sorted.
    with ago(1.2):
        reporter.take_message("岭后村粮补面积不对，多报的钱不知道给了谁", "13900003333")
    with ago(0.3):
        text = "柳泉村三组修路的石料是村干部亲戚的料场送的，价格比市场高两成，没有比过价。"
        services.take_in(channel="letter", text=text, **about("柳泉村", "works", "favour"), by=desk)
    return reporter.spaced(code), well


def _photo() -> io.BytesIO:
    found = io.BytesIO()
    Image.new("RGB", (320, 240), (150, 140, 120)).save(found, "JPEG")
    found.seek(0)
    return found
