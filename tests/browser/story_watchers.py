"""What the pages of the supervision network show: a committee in office and something of everything it does."""


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
