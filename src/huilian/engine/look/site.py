"""The site's own words: whose it is, who runs it, whom to call. Set by the office in the environment."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Site:
    """`place` is the county's name; what is empty is left out of the pages."""

    place: str = ""
    owner: str = ""  # 主办单位
    phone: str = ""
    address: str = ""
    record: str = ""  # 备案号
    code: str = ""  # 网站标识码

    @property
    def name(self) -> str:
        return _("%(place)s Huilian platform") % {"place": self.place} if self.place else _("Huilian platform")

    @property
    def product(self) -> str:
        return _("Huilian")


def site() -> Site:
    """As set in settings.SITE."""
    return Site(**settings.SITE)
