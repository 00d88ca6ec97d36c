"""Five villages' seals and what they were set on: papers of every class, one refused, one print more than agreed.

Boxes and photographs are those of the simulated device; no village has sealed anything.
"""

from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from huilian.areas.power.seals import services
from huilian.areas.power.seals.models import DocumentClass, Seal
from huilian.foundation.now import now

from ..diary import Script
from .lists import OFFICE
from .scene import TOWN, VILLAGE, VILLAGES, Scene, words

PAPER, INK, RED = (238, 235, 228), (40, 40, 44), (190, 40, 40)


def tell(scene: Scene) -> None:
    """The register, the uses, one loan; what waits today."""
    scene.begin(scene.morning(34), _registered(scene))
    for key, title, purpose, recipient, copies, place, ago in words()["seals"]:
        said = {"title": title, "purpose": purpose, "recipient": recipient, "copies": copies}
        scene.begin(scene.morning(ago, 9), _used(scene, VILLAGES[place], key, said))
    said = {"title": "贫困情况说明", "purpose": "申请助学", "recipient": "某学校", "copies": 1}
    scene.begin(
        scene.morning(14, 10),
        _used(scene, "双井村", "paper", said, refuse="未经入户核实，不能出具；凭低保证或到镇民政核对"),
    )
    said = {"title": "林地管护协议说明", "purpose": "报镇备案", "recipient": "青石镇人民政府", "copies": 2}
    scene.begin(scene.morning(18, 9), _used(scene, "石门村", "paper", said, more=1))
    scene.must_find("GZ01", "石门村", 3, "批准两份，模拟印章机报了三次")
    said = {"title": "冬季清淤用工报告", "purpose": "报镇备案", "recipient": "青石镇人民政府", "copies": 1}
    scene.begin(scene.just_now(), _used(scene, VILLAGE, "paper", said, stop="review"))
    said = {"title": "冷库设备采购合同", "purpose": "签订合同", "recipient": "供货单位", "copies": 4}
    scene.begin(scene.just_now(), _used(scene, VILLAGE, "contract", said, stop="approval"))
    scene.begin(scene.morning(21, 8), _lent(scene))


def _registered(scene: Scene) -> Script:
    officer = scene.holder(OFFICE, "seal_officer")
    for place, name in enumerate(VILLAGES, 1):
        values = {"unit": scene.unit(name), "name": f"安澜县{TOWN}{name}村民委员会", "kind": Seal.Kind.UNIT,
                  "keeper": _keeper(scene, name).person, "device": "simulated", "device_no": f"模拟机{place:02d}",
                  "started_on": date(2021, 3, 1)}  # fmt: skip
        services.save_seal(None, values, by=officer)
    return
    yield


def _keeper(scene: Scene, name: str):
    return scene.holder(name if name == VILLAGE else f"{name}监委会", "seal_keeper")


def _seal(scene: Scene, name: str) -> Seal:
    return Seal.objects.get(unit=scene.unit(name))


def _used(scene: Scene, name: str, key: str, said: dict, *, refuse="", more=0, stop="") -> Script:
    """A paper is asked for, agreed to by those who must, sealed by the keeper, entered in the book."""
    sort = DocumentClass.objects.get(key=key)
    numbers = {"decision_no": f"JY{now():%Y%m%d}-0001"} if sort.needs else {}
    if sort.needs == DocumentClass.Needs.CONTRACT:
        numbers["contract_no"] = f"HT{now():%Y%m%d}-0001"
    values = {**said, **numbers, "document_class": sort}
    seal = _seal(scene, name)
    paper = (_page(said["title"]), f"{said['title']}.jpg")
    request, _code = services.ask(seal, values, [paper], by=scene.holder(name, "seal_applicant"))
    if stop == "review":
        return
    yield scene.pace.minutes(now(), 3, 12)
    head = scene.holder(name, "seal_reviewer")
    if refuse:
        services.refuse(request, note=refuse, by=head)
        return
    if sort.way != DocumentClass.Way.READY:
        request = services.agree(request, by=head)
        yield scene.pace.minutes(now(), 5, 15)
    if stop:
        return
    if sort.way == DocumentClass.Way.TOWNSHIP:
        request = services.approve(request, by=scene.holder(TOWN, "seal_approver"))
        yield scene.pace.minutes(now(), 5, 15)
    keeper = _keeper(scene, name)
    code = services.release(request, by=keeper)
    yield scene.pace.minutes(now(), 1, 3)
    prints = [
        services.Stamped(
            f"{request.case.number}-{place}", now() + timedelta(seconds=20 * place), code,
            page=(_page(said["title"], stamped=True), "page.jpg"), scene=(_page("办公室", stamped=True), "scene.jpg"),
        )
        for place in range(request.copies + more)
    ]  # fmt: skip
    services.report(seal, prints, by=keeper)
    services.close(request, by=keeper)


def _page(words: str, *, stamped: bool = False) -> BytesIO:
    """A picture of a page as the simulated box would take it: lines where writing would be, and the print."""
    picture = Image.new("RGB", (240, 336), PAPER)
    draw = ImageDraw.Draw(picture)
    for place, letter in enumerate(words * 2):
        draw.rectangle((36, 44 + 12 * place, 190 - ord(letter) % 60, 49 + 12 * place), fill=INK)
    if stamped:
        draw.ellipse((140, 230, 200, 290), outline=RED, width=3)
    kept = BytesIO()
    picture.save(kept, "JPEG", quality=60)
    kept.seek(0)
    return kept


def _lent(scene: Scene) -> Script:
    """The seal goes to the bank with two people and is back the same day."""
    name = VILLAGES[-1]
    keeper, companion = _keeper(scene, name), scene.holder(name, "village_clerk").person
    said = {"reason": "农商行面签开户资料", "destination": "安澜农商行青石支行", "companion": companion}
    loan = services.ask_loan(_seal(scene, name), due_at=now() + timedelta(hours=8), by=keeper, **said)
    yield scene.pace.minutes(now(), 20, 40)
    loan = services.decide_loan(loan, agree=True, by=scene.holder(TOWN, "seal_approver"))
    yield scene.pace.minutes(now(), 20, 40)
    loan = services.take_out(loan, by=keeper)
    yield scene.pace.minutes(now(), 120, 180)
    services.bring_back(loan, by=keeper)
