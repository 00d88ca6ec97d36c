"""What the pages of seals show: a paper that waits for a yes, one at the keeper's, one print without a request."""

from datetime import date


def tell(people) -> dict[str, str]:
    from huilian.areas.power.seals import services
    from huilian.areas.power.seals.models import DocumentClass
    from huilian.areas.power.seals.seeding import seed
    from huilian.foundation.now import now
    from tests.areas.seals.conftest import officer, paper

    seed()
    seal = services.save_seal(
        None,
        {
            "unit": people.liuhe_committee, "name": "柳河村村民委员会", "kind": "unit", "keeper": people.zhu_min.person,
            "started_on": date(2021, 1, 1), "latitude": 34.0, "longitude": 118.0,
        },
        by=officer(people),
    )  # fmt: skip
    given = {"purpose": "报镇政府备案", "recipient": "青石镇人民政府", "copies": 2}

    def ask(key: str, title: str):
        sort = DocumentClass.objects.get(key=key)
        return services.ask(seal, {"document_class": sort, "title": title, **given}, paper(title), by=people.bai_lu)[0]

    waiting = ask("paper", "高标准农田建设情况报告")
    ready = ask("certificate", "入户勘察说明")
    services.report(seal, [services.Stamped("story:1", now())], by=people.zhu_min)
    return {"seal": str(seal.pk), "seal_waiting": waiting.case.number, "seal_case": ready.case.number}
