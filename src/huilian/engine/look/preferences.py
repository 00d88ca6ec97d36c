"""How a person likes to see the pages: one cookie, written on <html> by the server. No flash, no script."""

from dataclasses import asdict, dataclass, replace

COOKIE = "face"
CHOICES = {
    "size": ("std", "elder"),
    "contrast": ("std", "high"),
    "theme": ("light", "dark"),
    "lang": ("zh", "en"),
    "face": ("web", "kiosk"),  # a village touch screen shows the public pages in a frame of its own
}


@dataclass(frozen=True)
class Preferences:
    """The choices; the first of each is the default."""

    size: str = "std"
    contrast: str = "std"
    theme: str = "light"
    lang: str = "zh"
    face: str = "web"

    @property
    def html_lang(self) -> str:
        return "en" if self.lang == "en" else "zh-CN"

    @property
    def django_lang(self) -> str:
        return "en" if self.lang == "en" else "zh-hans"

    def changed(self, given) -> "Preferences":
        """With every valid choice in the mapping `given`; anything else is ignored."""
        return replace(self, **{k: given[k] for k, allowed in CHOICES.items() if given.get(k) in allowed})

    @property
    def cookie(self) -> str:
        return "&".join(f"{k}={v}" for k, v in asdict(self).items() if v != CHOICES[k][0])


def read(cookie: str) -> Preferences:
    """The preferences in the cookie's text; what is not understood is ignored."""
    return Preferences().changed(dict(p.split("=", 1) for p in cookie.split("&") if "=" in p))


def keep(response, chosen: Preferences):
    """`response` with the preferences in its cookie, for a year."""
    response.set_cookie(COOKIE, chosen.cookie, max_age=31_536_000, samesite="Lax", httponly=True)
    return response
