"""Where the story is not told."""

import pytest

from demo import story
from huilian.engine.directory.models import Place
from huilian.engine.procedures.models import Case
from huilian.foundation.errors import Conflict
from huilian.project.cli.seed import sow

pytestmark = pytest.mark.django_db


def test_it_is_never_told_in_production_nor_over_somebodys_data(settings):
    settings.PRODUCTION = True
    with pytest.raises(Conflict):
        story.tell(sow=sow)

    settings.PRODUCTION = False
    Place.objects.create(code="999902000000", name="另一县", level=3, path="999902")
    with pytest.raises(Conflict):
        story.tell(sow=sow)

    assert not Case.objects.exists()
    assert Place.objects.count() == 1
