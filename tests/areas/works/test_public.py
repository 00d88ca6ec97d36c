"""What everybody may see of a work, and from when on."""

from django.urls import reverse

from huilian.areas.watch.works import services
from huilian.areas.watch.works.queries.public import builder_of, work_called, works_in
from huilian.foundation.now import today

from .conftest import on, photo, proposed, settled, signed


def test_a_work_is_public_once_its_builder_is_chosen(site, client):
    new, done = proposed(site), settled(site)
    with on(47):
        assert client.get(reverse("portal-work", args=[new.number])).status_code == 404
        page = client.get(reverse("portal-work", args=[done.number])).content.decode()
        assert all(words in page for words in (done.title, site.firms[0].name, "186,000.00", "12345"))
        listed = client.get(reverse("portal-village-works", args=[site.cast.liuhe.code])).content.decode()
        assert done.number in listed and new.number not in listed
    assert list(works_in(site.cast.liuhe)) == [done] and work_called("GC0") is None


def test_a_craftsman_is_masked_and_a_picture_says_nothing_of_its_camera(site, client):
    work = signed(site)
    with on(10):
        event = services.note_event(work, "start", on=today(), text="进场", files=[photo(1)], by=site.clerk)
        picture = client.get(reverse("portal-work-photo", args=[work.number, event.photos.get().pk]))
        assert picture.status_code == 200 and b"Exif" not in picture.content[:200]
        assert client.get(reverse("portal-work-photo", args=["GC0", event.photos.get().pk])).status_code == 404
    builder = work.contractor
    builder.kind, builder.name = "craftsman", "何田"
    work.contractor = builder
    assert "田" not in builder_of(work)
