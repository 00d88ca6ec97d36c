"""Five hundred sheets filled on two devices: whatever the order and however often it is sent, nothing is lost."""

from random import Random

from huilian.areas.answer.inspections.rules import Entry, decide, merge, pairs

ITEMS, SHEETS = 75, 500


class Device:
    """What the tablet does: writes on what it sees, keeps what is not yet acknowledged, sends it all again."""

    def __init__(self, name: str) -> None:
        self.name, self.seen, self.waiting, self.written = name, {}, [], 0

    def write(self, item: int, mark: str, text: str) -> None:
        self.written += 1
        entry = Entry(f"{self.name}{self.written:06d}", item, self.seen.get(item, ""), mark, text)
        self.seen[item] = entry.uid
        self.waiting.append(entry)

    def sync(self, server: dict, rnd: Random) -> dict:
        """Send; sometimes the line breaks after the server had it, and all of it is sent once more."""
        server = merge(server.values(), self.waiting)
        if rnd.random() < 0.3:
            return server
        self.waiting = []
        for entry in server.values():
            if entry.state == "current":
                self.seen[entry.item] = entry.uid
        return server


def fill(seed: int) -> tuple[dict, list[Entry]]:
    rnd, server, devices = Random(seed), {}, (Device("a"), Device("b"))
    every = []
    for _n in range(120):
        device = rnd.choice(devices)
        if rnd.random() < 0.15:
            server = device.sync(server, rnd)
        before = len(device.waiting)
        device.write(rnd.randint(1, ITEMS), rnd.choice(["ok", "bad", "na"]), rnd.choice(["", "白条三张", "台账不全"]))
        every += device.waiting[before:]
    for device in (*devices, *devices):
        server = merge(server.values(), device.waiting)
    return server, every


def test_five_hundred_sheets_on_two_devices_merge_with_nothing_lost():
    contested = 0
    for seed in range(SHEETS):
        server, every = fill(seed)

        assert {e.uid: (e.item, e.mark, e.text) for e in server.values()} == {
            e.uid: (e.item, e.mark, e.text) for e in every
        }
        counting = [e.item for e in server.values() if e.state == "current"]
        assert sorted(counting) == sorted({e.item for e in every})  # exactly one entry counts on every item
        bases = {e.base for e in every}
        counted = {(e.item, e.said) for e in server.values() if e.state == "current" or e.uid in bases}
        for entry in server.values():  # the last word of a device counts, waits, or says what counts or counted
            if entry.uid not in bases:
                assert entry.state in ("current", "contested") or (entry.item, entry.said) in counted, (seed, entry)
        contested += sum(e.state == "contested" for e in server.values())
    assert contested > SHEETS  # and devices did differ


def test_what_is_sent_twice_is_kept_once():
    one = [Entry("a1", 1, "", "bad", "x"), Entry("a2", 1, "a1", "ok", "")]

    once = merge([], one)

    assert merge(once.values(), one) == once
    assert {u: e.state for u, e in once.items()} == {"a1": "replaced", "a2": "current"}


def test_the_same_words_differ_from_nothing():
    kept = merge([], [Entry("a1", 1, "", "bad", "x")])

    assert merge(kept.values(), [Entry("b1", 1, "", "bad", " x ")])["b1"].state == "replaced"


def test_items_do_not_meet_and_a_difference_waits_for_a_person():
    kept = merge([], [Entry("a1", 1, "", "bad", "x"), Entry("a2", 2, "", "ok", "")])
    kept = merge(kept.values(), [Entry("b1", 1, "", "ok", ""), Entry("b3", 3, "", "na", "")])

    assert {u: e.state for u, e in kept.items()} == {
        "a1": "current", "a2": "current", "b1": "contested", "b3": "current",
    }  # fmt: skip
    chosen = decide(kept.values(), "b1")
    assert (chosen["a1"].state, chosen["b1"].state, chosen["a2"].state) == ("dropped", "current", "current")


def test_a_device_that_goes_on_writing_has_one_word_that_waits():
    kept = merge([], [Entry("a1", 1, "", "bad", "x")])
    kept = merge(kept.values(), [Entry("b1", 1, "", "ok", ""), Entry("b2", 1, "b1", "ok", "y")])

    assert [e.uid for e in kept.values() if e.state == "contested"] == ["b2"]


def test_pairs_rotate_and_keep_away_from_kin():
    units = [3, 1, 2, 4]
    first = pairs(units, [])
    second = pairs(units, [], first)

    assert sorted(first) == sorted(first.values()) == [1, 2, 3, 4]
    assert all(checker != target for checker, target in first.items())
    assert not set(first.items()) & set(second.items())
    assert pairs([1, 2], [(1, 2)]) == {}
    assert pairs([1, 2], [], {1: 2, 2: 1}) == {1: 2, 2: 1}  # two have no other choice


def test_pairs_for_any_number_of_units_and_many_kin():
    rnd = Random(6)
    for n in range(2, 40):
        units = rnd.sample(range(100), n)
        barred = {(rnd.choice(units), rnd.choice(units)) for _k in range(n // 3)}
        found = pairs(units, barred)
        if found:
            assert sorted(found) == sorted(found.values()) == sorted(units)
            assert not set(found.items()) & barred and all(c != t for c, t in found.items())
