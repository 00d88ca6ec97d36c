"""Static files as they are gathered for an office."""

from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from huilian.engine.look.storage import Gathered, squeezed


def test_blanks_and_comments_go_and_words_in_quotes_stay():
    sheet = 'a > b { margin: 0 1px; content: "; {  x" } /* why */\n i :is(u) { width: calc(1px + 2px); }\n'

    assert squeezed(sheet) == 'a > b{margin: 0 1px;content: "; {  x"}i :is(u){width: calc(1px + 2px)}'


def test_a_face_is_one_style_sheet_with_a_hash_in_its_name(tmp_path):
    paths = {}
    for finder in finders.get_finders():
        paths |= {name: (storage, name) for name, storage in finder.list([]) if name.startswith("look/")}
    store = Gathered(location=tmp_path, base_url="/static/", manifest_storage=FileSystemStorage(tmp_path))
    for name, (source, path) in paths.items():
        with source.open(path) as file:
            store.save(name, file)

    list(store.post_process(paths))

    sheet = (tmp_path / store.stored_name("look/css/kiosk.css")).read_text()
    assert "@import" not in sheet and sheet.index("@layer reset") < sheet.index(".kclock")
    assert store.stored_name("look/img/hero.svg").rpartition("/")[2] in sheet
    assert (tmp_path / f"{store.stored_name('look/css/kiosk.css')}.br").exists()
