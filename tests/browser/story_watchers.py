"""What the pages of the supervision network show: a committee in office and something of everything it does."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.hear.watchers.models import Card
    from huilian.areas.hear.watchers.seeding import seed
    from huilian.foundation.now import today
    from tests.areas.watchers.conftest import committee_of, told
    from tests.areas.watchers.conftest import people as hired

    seed()
    who = hired(people)
    who.committee = committee_of(people, who)
    made = told(people, who, today())
    return {
        "watch_body": str(who.committee.pk),
        "watch_report": made.report.number,
        "watch_mailing": made.mailing.number,
        "watch_certificate": who.committee.seats.first().check_code,
        "watch_card": Card.objects.first().token,
    }


def tell_coded(people) -> dict[str, str]:
    """An information member of the village, trained and in office, one of whose reports the branch left over its week.
    Keys of the vault must be possible."""
    from huilian.areas.hear.watchers import services
    from huilian.engine.accounts.models import User
    from huilian.engine.directory.models import Unit
    from huilian.foundation.now import frozen, now
    from tests.areas.watchers.conftest import body, trained
    from tests.vault import unlock

    officer, second = (User.objects.get(username=name) for name in ("tan_yi", "ren_hao"))
    unlock(officer), unlock(second)
    with frozen(now() - timedelta(days=20)):
        network = body("information", people.liuhe_committee, Unit.objects.get(name="青石镇纪律检查委员会"), officer)
        seat, word = services.enrol(network, {"name": "暗访人", "phone": ""}, by=officer)
        trained(network, [seat], officer)
        services.appoint(network, by=officer)
        services.take_coded(seat.cover, word, words="桥栏松动", secret=False)
    services.move_up_late()
    return {"watch_cover": seat.cover, "watch_word": word}
