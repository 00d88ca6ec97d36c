"""What citizens see of the services, beyond `story_services`: a course to sign up for."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.serve.services.queries.catalogue import point_of
    from huilian.areas.serve.services.services import points
    from huilian.foundation.now import today

    values = {
        "point": point_of(people.liuhe_committee), "kind": "training", "title": "果树冬季剪枝培训", "seats": 30,
        "text": "周六上午九点，村部二楼。", "opens_on": today(), "closes_on": today() + timedelta(days=7),
    }  # fmt: skip
    course = points.save_posting(None, values, by=people.bai_lu)
    return {"service_village": people.liuhe.code, "posting": course.number}
