"""A campaign from its plan to its end: joint departments, measures with their entries, funds, reminders."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from huilian.engine.access.queries import require
from huilian.engine.calendar.models import CalendarDay
from huilian.engine.calendar.queries import calendar_for
from huilian.engine.directory.models import Unit
from huilian.engine.directory.queries import holders_of
from huilian.engine.inbox.services import notify
from huilian.engine.numbering.services import next_number
from huilian.engine.trail.actors import SYSTEM
from huilian.engine.trail.services import record
from huilian.foundation.errors import Conflict, Invalid
from huilian.foundation.now import today

from ..models import Campaign, Entry, Fund, Measure, Reminder
from ..seeding import given
from .guards import MANAGE, allow, campaign_for, said

OPEN = ("planned", "running")
TOLD = ("campaign_officer", "campaign_unit", "campaign_town", "campaign_village")


@transaction.atomic
def save_campaign(row: Campaign | None, values: Mapping[str, Any], *, by: Any) -> Campaign:
    """Plan a campaign, or change one that is not closed. A new one begins with the county's usual measures."""
    if row:
        row = campaign_for(row, by, states=OPEN)
    else:
        require(by, MANAGE)
        row = Campaign(number=next_number("ZZ"))
    for name, value in values.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.title = said(row.title, "title")
    allow(by, MANAGE, row.unit)
    if row.ends_on < row.starts_on:
        raise Invalid(_("The last day lies before the first."), field="ends_on")
    new = row.pk is None
    row.save()
    if new:
        Measure.objects.bulk_create(
            Measure(campaign=row, name=name, word=word, is_money=money) for name, word, money in given()["measures"]
        )
    record("campaigns.plan", row, by=by, data={"title": row.title, "from": row.starts_on.isoformat()})
    return row


@transaction.atomic
def set_joint(campaign: Campaign, units: list[Unit], *, by: Any) -> None:
    """「联动」 Which departments carry the campaign together with the one that leads."""
    campaign = campaign_for(campaign, by, states=OPEN)
    campaign.joint.set([unit for unit in units if unit.pk != campaign.unit_id])
    record("campaigns.joint", campaign, by=by, data={"units": [unit.name for unit in units]})


def _turn(campaign: Campaign, verb: str, before: str, after: str, by: Any) -> Campaign:
    campaign = campaign_for(campaign, by, states=(before,))
    campaign.state = after
    campaign.save(update_fields=["state"])
    record(f"campaigns.{verb}", campaign, by=by)
    return campaign


@transaction.atomic
def begin(campaign: Campaign, *, by: Any) -> Campaign:
    """From now on problems are taken up and units are told."""
    return _turn(campaign, "begin", "planned", "running", by)


@transaction.atomic
def close_campaign(campaign: Campaign, *, by: Any) -> Campaign:
    """End it. Every proposal is decided and every problem signed off or withdrawn before."""
    if campaign.problems.filter(state="proposed").exists():
        raise Conflict(_("Proposals still wait for a decision."))
    if campaign.problems.filter(case__state="open").exists():
        raise Conflict(_("Problems of this campaign are still being put right."))
    return _turn(campaign, "close", "running", "closed", by)


@transaction.atomic
def publish(campaign: Campaign, *, by: Any) -> Campaign:
    """Let everybody read its figures: numbers only, small ones hidden, nobody named."""
    campaign = campaign_for(campaign, by, states=("running", "closed"))
    campaign.published_on = today()
    campaign.save(update_fields=["published_on"])
    record("campaigns.publish", campaign, by=by)
    return campaign


@transaction.atomic
def save_measure(row: Measure | None, values: Mapping[str, Any], *, by: Any) -> Measure:
    """Declare one more thing that is counted, or call one by a better name. Money stays money once it has entries."""
    row = row or Measure()
    money = row.is_money
    for name, value in values.items():
        setattr(row, name, value)
    row.name = said(row.name, "name")
    campaign_for(row.campaign, by, states=OPEN)
    if row.pk and row.is_money != money and row.entries.exists():
        raise Conflict(_("Entries stand under this measure already; declare another one."))
    row.save()
    record("campaigns.measure", row.campaign, by=by, data={"name": row.name})
    return row


@transaction.atomic
def enter(measure: Measure, *, day: date, amount: int, unit: Unit, paper: str, by: Any) -> Entry:
    """Enter an amount (cents where the measure is money) with the paper it stands on."""
    campaign = campaign_for(measure.campaign, by)
    if not campaign.starts_on <= day <= today():
        raise Invalid(_("The day lies outside of the campaign, or has not come yet."), field="day")
    if amount <= 0:
        raise Invalid(_("Enter more than nothing; a wrong entry is struck out."), field="amount")
    entry = Entry.objects.create(measure=measure, day=day, amount=amount, unit=unit, paper=said(paper, "paper"))
    record("campaigns.enter", campaign, by=by, data={"name": measure.name, "amount": amount, "paper": entry.paper})
    return entry


@transaction.atomic
def strike(entry: Entry, *, reason: str, by: Any) -> Entry:
    """Strike a wrong entry out. It stays readable and counts no longer."""
    entry = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    campaign = campaign_for(entry.measure.campaign, by)
    if entry.struck:
        raise Conflict(_("This entry is struck out already."))
    entry.struck = said(reason, "reason")
    entry.save(update_fields=["struck"])
    record("campaigns.strike", campaign, by=by, data={"name": entry.measure.name, "reason": entry.struck})
    return entry


@transaction.atomic
def save_fund(row: Fund | None, values: Mapping[str, Any], *, by: Any) -> Fund:
    """Enter a fund the campaign looks through, or what is known of it by now."""
    row = row or Fund()
    for name, value in values.items():
        setattr(row, name, value)
    campaign = campaign_for(row.campaign, by, states=OPEN)
    row.save()
    record("campaigns.fund", campaign, by=by, data={"name": str(row)})
    return row


@transaction.atomic
def remind() -> int:
    """「节点提醒」 Tell the units of each holiday that is near enough, once. Gives how many people were told.

    The days come from the calendar in force: a holiday moved by the yearly notice moves its reminder.
    """
    day, told = today(), 0
    for reminder in Reminder.objects.select_for_update(of=("self",)).filter(is_active=True):
        rest = CalendarDay.objects.filter(holiday=reminder.holiday, works=False, day__gt=day).order_by("day").first()
        if rest is None or reminder.sent_for == rest.day:
            continue
        if calendar_for().count(day - timedelta(days=1), rest.day) > reminder.days_before:
            continue  # a rest day itself is not counted
        people = {p.pk: p.user for role in TOLD for p in holders_of(role) if p.user}
        notify(
            people.values(), "campaigns.festival", reminder, {"text": reminder.text}, reverse("campaigns-home"),
        )  # fmt: skip
        reminder.sent_for = rest.day
        reminder.save(update_fields=["sent_for"])
        record("campaigns.remind", reminder, by=SYSTEM, data={"holiday": reminder.holiday, "people": len(people)})
        told += len(people)
    return told
