"""What the pages of the vault show: recovery set up, two officers with keys, one opening that waits."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.engine.vault import services as vault
    from huilian.engine.vault.models import Unlocked
    from huilian.foundation.now import now
    from tests.vault import set_up, unlock

    set_up(people)
    facts = {
        f"cookie:{name}": f"vault={unlock(getattr(people, name))}" for name in ("shen_yu", "lin_zheng", "meng_ting")
    }
    box = vault.seal(
        "tip:JB20261122-0001", "identity", b"x", readers=[people.shen_yu], agreers=[people.lin_zheng], by=people.bai_lu
    )
    token = facts["cookie:shen_yu"].removeprefix("vault=")
    vault.ask_opening(box, "核对举报人提供的线索", token=token, by=people.shen_yu)
    Unlocked.objects.update(until=now() + timedelta(days=1))  # the suite runs longer than a quarter of an hour
    return facts
