"""`huilian demo`: the fictional county 安澜县, made on the spot and served."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from . import main, with_django

TITLES = {
    "tables": ("建表", "tables"),
    "county": ("乡镇、村、单位、岗位、人员", "townships, villages, units, posts, people"),
    "weeks": ("近三周的办件，逐件经服务办理", "the last three weeks, act by act"),
    "year": ("以往的办件，经导入转入", "the time before, by import"),
    "books": ("各村一年的账，经导入转入", "a year of books of every village, by import"),
    "boards": ("历月公开", "what the villages published"),
    "screen": ("筛查、预警", "screening and alerts"),
    "power": ("三清单、便民服务、印章、电子监察", "lists of powers, services, seals, monitoring"),
    "voice": ("检举控告、问题线索、群众监督、信访", "tips, leads, watchers, petitions"),
    "settle": ("亮灯、收尾", "colours and queue"),
}
KEPT = "demo.json"  # in HUILIAN_HOME: what is printed, so that it can be printed again


@main.command()
@click.option("--full", is_flag=True, help="Three years and about 45,000 matters instead of one year and about 9,000.")
@click.option("--quiet", is_flag=True, help="Say only what is needed to sign in.")
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the county when it stands.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--codes", is_flag=True, help="Print the present sign-in codes of the officers, and do nothing else.")
@click.pass_context
def demo(ctx: click.Context, full: bool, quiet: bool, serve: bool, host: str, port: int, codes: bool) -> None:
    """Build the demonstration county in an empty database and serve it. Refuses in production.

    The second time it only serves what is there; HUILIAN_DEMO_PASSWORD sets the password instead of a random one.
    """
    with_django()
    from django.conf import settings

    if settings.PRODUCTION:
        raise click.ClickException("This is a production system; the demonstration never runs there.")
    _find_demo()
    if codes:
        from demo import cast

        for login, code in cast.codes().items():
            click.echo(f"{login:16} {code}")
        return
    _tables(quiet)
    kept = Path(settings.HOME) / KEPT
    if not kept.exists():
        _tell(full, quiet, kept)
    _greet(json.loads(kept.read_text(encoding="utf-8")), f"http://{host}:{port}/")
    if serve:
        from .serve import serve as serving

        ctx.invoke(serving, host=host, port=port)


def _find_demo() -> None:
    """The demonstration lies beside the source and is not part of an installed product."""
    from ..discover import SOURCE

    root = SOURCE.parent.parent
    if not (root / "demo" / "story.py").exists():
        raise click.ClickException("The demonstration comes with the source only. Run `make demo` in a checkout.")
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))


def _tables(quiet: bool) -> None:
    from django.conf import settings

    from .. import tables, texts

    settings.HOME.mkdir(parents=True, exist_ok=True)
    texts.compile_stale()
    with _stage("tables", quiet):
        tables.prepare()


def _tell(full: bool, quiet: bool, kept: Path) -> None:
    from demo import story
    from huilian.foundation.errors import Refused

    from .seed import sow

    started = time.perf_counter()
    try:
        told = story.tell(full=full, sow=sow, stage=lambda key, length=None: _stage(key, quiet, length))
    except Refused as refused:
        raise click.ClickException(str(refused)) from refused
    kept.touch(mode=0o600)
    printed = {"password": told.password, "words": told.words, "sheets": told.sheets, "code": told.code}
    kept.write_text(json.dumps(printed), encoding="utf-8")
    if not quiet:
        seconds = time.perf_counter() - started
        click.echo(f"{told.imported + told.lived:,} matters, {told.acts:,} acts of the last weeks")
        click.echo(
            f"{told.vouchers:,} vouchers, {told.published:,} publications, {told.alerts:,} alerts, {seconds:.0f} s"
        )


@contextmanager
def _stage(key: str, quiet: bool, length: int | None = None) -> Iterator[Callable[[int], None]]:
    """One part of the work: a bar where its length is known, else its name and the time it took."""
    zh, en = TITLES[key]
    if quiet:
        yield lambda _n: None
    elif length:
        with click.progressbar(length=length, label=zh, show_pos=True, file=sys.stderr) as bar:
            yield bar.update
    else:
        started = time.perf_counter()
        click.echo(f"{zh} {en} …", err=True, nl=False)
        yield lambda _n: None
        click.echo(f" {time.perf_counter() - started:.0f} s", err=True)


def _greet(kept: dict, address: str) -> None:
    from demo import cast

    click.echo(f"\n安澜县（虚构）  {address}\n密码 password: {kept['password']}\n")
    officers = cast.codes()
    for member in cast.members():
        mark = "＊" if member.login in officers else "  "
        click.echo(f"{mark}{member.login:16}{member.name}  {member.unit} {member.post}")
        click.echo(f"    {member.sees['zh']} · {member.sees['en']}")
    click.echo("\n＊ 还要六位动态码 a six-digit code is asked for as well: huilian demo --codes\n")
    if kept.get("words"):
        click.echo(
            f"举报人查询码 a reporter's code: {kept['code']}  {address}report/follow/\n"
            f"密钥口令（读封存内容的人共用，只在示范县这样） passphrase of every key: {kept['words']}\n"
            "    开锁要一个没用过的动态码，隔三十秒换一个 unlocking takes a fresh code, thirty seconds after the last"
        )
        for n, sheet in enumerate(kept["sheets"], 1):
            click.echo(f"    恢复纸 {n} sheet of recovery {n}: {sheet}")
        click.echo("")
