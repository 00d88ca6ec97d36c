"""What the tellers of the power chain share: who acts, when, and what of it screening must find."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random

import yaml

from huilian.engine.accounts.models import User
from huilian.engine.directory.models import Unit
from huilian.foundation.now import CHINA

from ..company import Company
from ..county import County
from ..diary import Diary, Pace, Script
from ..money.plants import Truth

TOWN, VILLAGE = "青石镇", "柳泉村"
VILLAGES = (VILLAGE, "石门村", "上坊村", "双井村", "岭后村")


@cache
def words() -> dict[str, list]:
    """What people do and say here, by part."""
    file = Path(__file__).parent.parent / "data" / "power.yaml"
    return yaml.safe_load(file.read_text(encoding="utf-8"))


@dataclass
class Scene:
    """Everything acts by one diary, so that what happens side by side happens in order of time."""

    county: County
    company: Company
    present: datetime
    rnd: Random
    pace: Pace
    diary: Diary
    truth: list[Truth]

    @classmethod
    def set_up(cls, county: County, company: Company, present: datetime, seed: int) -> "Scene":
        rnd = Random(f"power{seed}")
        return cls(county, company, present, rnd, Pace(rnd), Diary(), [])

    def unit(self, name: str) -> Unit:
        return self.county.units[name]

    def holder(self, name: str, *roles: str) -> User:
        """Whoever holds one of these posts in the unit of this short name."""
        return self.company.holder(self.unit(name), *roles)

    def morning(self, days_ago: int, hour: int = 9) -> datetime:
        """A moment of the morning of the last working day that lies at least so many days back."""
        day = self.present.date() - timedelta(days=days_ago)
        while not self.pace.calendar.is_workday(day):
            day -= timedelta(days=1)
        return datetime.combine(day, time(hour, self.rnd.randrange(50)), CHINA)

    def workdays_ago(self, count: int, hour: int = 9) -> datetime:
        """A moment of the morning so many working days before the last one."""
        at = self.morning(0, hour)
        if at + timedelta(hours=3) > self.present:
            at = self.morning(1, hour)
        for _i in range(count):
            at = self.morning((self.present.date() - at.date()).days + 1, hour)
        return at

    def just_now(self) -> datetime:
        """Twenty minutes ago; outside office hours, shortly before the office closed last."""
        at = self.present - timedelta(minutes=20)
        if at.time() > time(17, 10) or not self.pace.calendar.is_workday(at.date()) or at.time() < time(9):
            day = at.date() - timedelta(days=at.time() < time(17, 10))
            at = datetime.combine(day, time(17, 10), CHINA)
            while not self.pace.calendar.is_workday(at.date()):
                at -= timedelta(days=1)
        return at

    def begin(self, at: datetime, script: Script) -> None:
        self.diary.begin(at, script)

    def must_find(self, rule: str, village: str, level: int, what: str) -> None:
        self.truth.append(Truth(rule, int(self.unit(village).place.code), level, what=what))
