"""What the pages of tips show: two tips at the desk, one that waits for a head. After the vault's part: it has keys."""

from datetime import timedelta


def tell(people) -> dict[str, str]:
    from huilian.areas.hear.tips import services
    from huilian.engine.directory.models import Post
    from huilian.engine.directory.powers import changed
    from huilian.engine.trail.actors import Actor
    from huilian.foundation.now import now

    for name, role in (("lin_zheng", "tip_intake"), ("shen_yu", "tip_head"), ("meng_ting", "tip_watcher")):
        post = Post.objects.get(pk=people.posts[name].pk)
        post.roles = [*post.roles, role]
        post.save()
    changed()
    reporter = Actor("citizen", label="举报人")
    said = {
        "text": "报账员把低保金打进了自己侄子的卡里。",
        "unit": people.liuhe_committee,
        "place": people.liuhe,
        "by": reporter,
    }
    tip = services.take_in(channel="web", persons=["李晓"], field="relief", **said).tip
    petition = services.take_in(channel="sms", **said).tip
    services.ask_petition(petition, note="邻里宅基地纠纷", by=people.lin_zheng)
    services.ask_copy(tip, purpose="集体研判", by=people.lin_zheng)
    visit = services.offer_visit(room=people.qingshi, starts_at=now() + timedelta(days=2), by=people.lin_zheng)
    services.book_visit(visit, text="低保的事", by=reporter)
    services.offer_visit(room=people.qingshi, starts_at=now() + timedelta(days=3), by=people.lin_zheng)
    return {"tip": tip.number}
