"""What the rules read of real rows: two decisions gone wrong and one that went right."""

from datetime import timedelta

from huilian.areas.power.decisions import services
from huilian.engine.alerts.models import Alert
from huilian.engine.screening.services import screen
from huilian.foundation.now import now, today


def test_the_rules_find_what_went_wrong_and_leave_what_went_right(room):
    right = room.to(room.propose(title="按决议办"), "carrying")
    wrong = room.to(room.propose(title="超了又换人", winner="安澜建筑队"), "carrying")
    early = room.propose(title="先干了再说")
    done = {"on": today(), "what": "签订合同", "winner": "", "amount_cents": 5_000_000, "reference": ""}
    services.execute(right, done, by=room.keeps)
    services.execute(wrong, {**done, "winner": "远大公司"}, by=room.keeps)
    services.execute(early, done, by=room.signs)
    failed = room.to(room.propose(title="人数不足也表决"), "vote")
    item = room.vote(room.begin(failed), come=7, yes=7, minutes=False)
    room.go_to(now() + timedelta(days=4))

    screen([int(room.place.code)], rules=["CX01", "CX02", "CX03", "CX04", "CX06", "CX07"])

    found = {(a.rule, a.subject, a.level) for a in Alert.objects.all()}
    assert found == {
        ("CX07", f"decision:{wrong.pk}", 3),
        ("CX06", f"decision:{early.pk}", 3),
        ("CX03", f"decision_step:{item.pk}", 2),
        ("CX02", f"decision_step:{item.pk}", 1),
    }
