"""A request to pay names an item of the list; what is off the list or forbidden is seen by CX14."""

import pytest
import yaml

from huilian.areas.power.powers.models import ItemCase, NegativeMark
from huilian.areas.power.powers.seeding import seed
from huilian.areas.watch.collective.forms import RequestForm
from huilian.areas.watch.collective.models import AccountSet, Payment
from huilian.areas.watch.collective.services import payments
from huilian.engine.procedures.services import publish
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.queries import history_of
from huilian.foundation.errors import Invalid
from huilian.foundation.now import frozen
from huilian.project.discover import SOURCE
from tests.areas.collective.books import JUNE, opened
from tests.areas.collective.test_money_payments import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(cast):
    publish(yaml.safe_load((SOURCE / "areas/watch/collective/procedures/payment.yaml").read_text()), by=SYSTEM)
    with frozen(JUNE):
        seed()
        yield opened(cast)


def test_an_item_of_the_list_is_noted_with_the_payment_and_proposed_in_the_form(cast, books):
    form = RequestForm(sets=AccountSet.objects.filter(pk=books.pk))
    code, name = form.fields["power_item"].widget.listed[0]
    assert f'<option value="{code}" label="{name}">' in str(form["power_item"])

    payment = asked(cast, books, power_item=code.lower())

    noted = ItemCase.objects.get(case=payment.case)
    assert (noted.code, noted.item.code, noted.unit) == (code, code, books.unit)
    assert "powers.cite" in [event.verb for event in history_of(payment.case)]


def test_a_payment_off_the_list_is_kept_with_its_purpose_and_a_forbidden_act_is_marked(cast, books):
    off = asked(cast, books, power_item="S-P-99")
    forbidden = asked(cast, books, power_item="S-N-01")

    noted = ItemCase.objects.get(case=off.case)
    assert (noted.item, noted.reason) == (None, "六月保洁费")
    assert NegativeMark.objects.get().case == ItemCase.objects.get(case=forbidden.case)
    assert "powers.off_list" in [event.verb for event in history_of(off.case)]


def test_an_item_of_another_kind_of_body_is_refused_and_nothing_is_asked(cast, books):
    with pytest.raises(Invalid) as refused:
        asked(cast, books, power_item="D-P-01")

    assert refused.value.field == "power_item" and not Payment.objects.exists() and not ItemCase.objects.exists()


def test_without_an_item_nothing_is_noted_and_a_corrected_request_may_name_one(cast, books):
    payment = asked(cast, books)
    assert not ItemCase.objects.exists()

    payments.send_back(payment, note="请写明事项", by=cast.liu_changgui)
    values = {"power_item": "S-P-01"}
    payments.resubmit(payment, values, by=cast.li_xiao)

    assert ItemCase.objects.get().code == "S-P-01"
