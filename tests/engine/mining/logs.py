"""Small logs for the tests."""

from io import BytesIO

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016">\n'


def trace(name: str, *events: tuple[str, str], extra: str = "") -> str:
    told = "".join(
        f'\t\t<event>\n\t\t\t<string key="concept:name" value="{activity}"/>\n{extra}'
        f'\t\t\t<date key="time:timestamp" value="{at}"/>\n\t\t</event>\n'
        for activity, at in events
    )
    return f'\t<trace>\n\t\t<string key="concept:name" value="{name}"/>\n{told}\t</trace>\n'


def xes(*traces: str, head: str = HEAD) -> BytesIO:
    return BytesIO(f"{head}{''.join(traces)}</log>\n".encode())


def days(name: str, *events: tuple[str, str]) -> str:
    """A trace with events on these days, at midnight in China."""
    return trace(name, *((activity, f"{day}T00:00:00+08:00") for activity, day in events))
