"""The three lists: a township's draft that lies open, a case of a power with a forbidden act marked in it."""

from huilian.areas.power.powers import services
from huilian.areas.power.powers.queries import lists
from huilian.areas.power.powers.seeding import seed


def tell(cast) -> dict[str, str]:
    seed()
    draft = services.begin("V", "duty", township=cast.qingshi, by=cast.wang_min)
    services.save_item(draft, draft.items.get(code="V-D-04"), {"frequency": [{"zh": "每周走访"}]}, by=cast.wang_min)
    services.consult(draft, days=7, by=cast.wang_min)
    opinion = services.add_opinion(draft, "每周走访忙不过来", by_whom="柳河村干部", code="V-D-04", by=cast.liu_changgui)
    services.answer_opinion(opinion, taken="partly", answer="农忙时节按每月一次", by=cast.wang_min)
    services.add_opinion(draft, "建议增加夜访", by_whom="柳河村村民", by=cast.liu_changgui)
    unit = cast.liuhe_committee
    services.sign(unit, by=cast.liu_changgui)
    services.check_self(unit, "five", [(2, "")] * 4 + [(1, "考核结果尚未公开")], by=cast.liu_changgui)
    noted = services.start(unit, "V-P-22", title="发包东塘水面40亩", by=cast.liu_changgui)
    services.move(noted.case, "next", by=cast.liu_changgui)
    services.mark(noted.case, "V-N-02", fact="未经决议已口头答应承租人", by=cast.feng_lan)
    return {
        "power_draft": str(draft.pk),
        "power_edited": str(draft.items.get(code="V-D-04").pk),
        "power_unit": str(unit.pk),
        "power_item": str(lists.item_of(unit, "V-P-11").pk),
        "power_case": noted.case.number,
    }
