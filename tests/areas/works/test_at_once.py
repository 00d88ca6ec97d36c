"""Two people at once, each with a connection of their own."""

import threading

import pytest
from django.db import connection

from huilian.areas.watch.works import services
from huilian.areas.watch.works.models import Acceptance
from huilian.foundation.errors import Conflict

from .conftest import built, looked_at, on


@pytest.mark.django_db(transaction=True)
def test_two_people_accept_at_once_and_one_of_them_does(site):
    project = built(site)
    with on(42):
        looked_at(site, project)
        gate, found = threading.Barrier(2), []

        def accept():
            try:
                gate.wait()
                found.append(services.accept(project, quality="合格", by=site.head).stage)
            except Conflict:
                found.append("conflict")
            finally:
                connection.close()

        both = [threading.Thread(target=accept) for _n in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()

    assert sorted(found) == ["conflict", "settling"]
    assert Acceptance.objects.get().result == "passed"
