"""What is asked of a page. The pages themselves stand in `pages.py` and, one file for an area, `pages_*.py`."""

from dataclasses import dataclass

PHONE, DESK, KIOSK, WALL = (390, 844), (1440, 900), (1080, 1920), (1920, 1080)


@dataclass(frozen=True)
class Page:
    """A page and what is asked of it.

    `path` may hold `{names}` that a part of `story.py` gives. `user` is a user name of the cast, None a stranger.
    `weight` is the first visit on the wire in KiB; `touch` the least height of what is pressed (0: not asked; on the
    public face 44, and 60 in large type, always); `status` the answer expected.
    """

    path: str
    user: str | None = None
    size: tuple[int, int] = DESK
    weight: int = 45
    requests: int = 12
    touch: int = 0
    reflow: bool = True
    status: int = 200

    @property
    def name(self) -> str:
        return f"{self.path} {self.user or ''} {self.size[0]}".replace("  ", " ")
