"""Where a modeller draws what: lanes below one another, each step in a column of its own: upright lines are free.

A way to the next step runs straight; any other runs along the foot of the lane it leaves from.
"""

from collections.abc import Iterator

from .names import id_of

COLUMN, LANE, POOL_X, HEAD, MARGIN = 230, 160, 160, 30, 40
TASK_W, TASK_H, GATE, EVENT = 110, 76, 44, 36
TASK_X, GATE_X = 20, 155  # within a column
SIZES = {
    "userTask": (TASK_W, TASK_H),
    "exclusiveGateway": (GATE, GATE),
    "startEvent": (EVENT, EVENT),
    "endEvent": (EVENT, EVENT),
}

Box = tuple[float, float, float, float]


class Layout:
    """The place of every node of one procedure."""

    def __init__(self, d, nodes):
        self.lanes = [key for key, _name in d.lanes]
        self.wide = HEAD * 2 + EVENT + MARGIN + COLUMN * len(d.steps)
        self.node = {node.id: self._box(node) for node in nodes}

    def _box(self, node) -> Box:
        wide, high = SIZES[node.tag]
        left = POOL_X + HEAD * 2 + EVENT + MARGIN + COLUMN * int(node.column)
        x = {
            "userTask": left + TASK_X,
            "endEvent": left + TASK_X + (TASK_W - EVENT) / 2,
            "exclusiveGateway": left + GATE_X,
            "startEvent": left - EVENT - 4,
        }[node.tag]
        lane = self.lanes.index(node.lane) if node.lane in self.lanes else 0
        return x, MARGIN + lane * LANE + (LANE - 24 - high) / 2, wide, high

    def boxes(self) -> Iterator[tuple[str, Box, bool]]:
        """(id, box, whether it is a pool or lane)."""
        yield "pool", (POOL_X, MARGIN, self.wide, LANE * len(self.lanes)), True
        for i, key in enumerate(self.lanes):
            yield id_of("lane", key), (POOL_X + HEAD, MARGIN + i * LANE, self.wide - HEAD, LANE), True
        for id, box in self.node.items():
            yield id, box, False

    def way(self, source: str, target: str) -> list[tuple[float, float]]:
        """The points of a line between two nodes."""
        (ax, ay, aw, ah), (bx, by, bw, bh) = self.node[source], self.node[target]
        out, into = (ax + aw, ay + ah / 2), (bx, by + bh / 2)
        gap = bx - ax - aw
        if 0 <= gap < COLUMN / 2:  # the next one to the right, or one step on without a gateway between
            middle = ax + aw + gap / 2
            return [out, into] if out[1] == into[1] else [out, (middle, out[1]), (middle, into[1]), into]
        foot = MARGIN + (int((ay - MARGIN) // LANE) + 1) * LANE - 14
        x0, x1 = ax + aw / 2, bx + bw / 2 - (12 if source != target else 30)
        below = foot >= by + bh
        return [(x0, ay + ah), (x0, foot), (x1, foot), (x1, by + bh if below else by)]
