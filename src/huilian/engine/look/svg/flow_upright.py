"""A chart read from top to bottom: lanes side by side, one step a row.

No line can run through a box: a row holds one box, so a line leaves its side freely, and every way that skips a row or
leads back runs outside the lanes, forward on the right, back on the left, each in a track of its own.
"""

from .flow_layout import NODE_H, NODE_W, width_of

LANE_W, ROW, HEAD, TRACK = 140, 76, 40, 12
ABOVE = 26  # room over a box for its risk marks and for the line that comes in


class Upright:
    """The place of every node and line of a chart; its coordinates are whole or half pixels."""

    def __init__(self, chart):
        self.row = {node.id: i for i, node in enumerate(chart.nodes)}
        self.lane = {node.id: node.lane for node in chart.nodes}
        far = [edge for edge in chart.edges if not self._is_next(edge)]
        self.tracks = {True: self._tracks(far, back=True), False: self._tracks(far, back=False)}
        lanes = max(len(chart.lanes), 1)
        # A label stands beside the box the line leaves; beyond the last lane the tracks make room for it.
        rooms = {True: 0.0, False: 0.0}
        for edge in far:
            back, lane = self._is_back(edge), self.lane[edge.source]
            within = (lane if back else lanes - 1 - lane) * LANE_W + (LANE_W - NODE_W) / 2
            rooms[back] = max(rooms[back], (width_of(edge.label, 12) + 26 if edge.label else 0) - within)
        before = rooms[True] + TRACK * (len(set(self.tracks[True].values())) + 1) if self.tracks[True] else 2
        self.left = round(before)
        self.right = self.left + lanes * LANE_W
        self.rooms = rooms
        after = rooms[False] + TRACK * (len(set(self.tracks[False].values())) + 1) if self.tracks[False] else 2
        self.wide = round(self.right + after)
        self.high = HEAD + len(chart.nodes) * ROW + 14

    def _is_back(self, edge) -> bool:
        return self.row[edge.target] < self.row[edge.source]

    def _is_next(self, edge) -> bool:
        return self.row[edge.target] == self.row[edge.source] + 1

    def _tracks(self, edges, *, back: bool) -> dict[tuple[str, str], int]:
        """The innermost free track for each way, short ways first."""
        taken: list[list[tuple[int, int]]] = []
        found = {}
        spans = [(sorted((self.row[e.source], self.row[e.target])), e) for e in edges if self._is_back(e) == back]
        for (first, last), edge in sorted(spans, key=lambda s: (s[0][1] - s[0][0], s[0])):
            fits = (n for n, track in enumerate(taken) if all(last < a or first > b for a, b in track))
            number = next(fits, len(taken))
            if number == len(taken):
                taken.append([])
            taken[number].append((first, last))
            found[edge.source, edge.target] = number
        return found

    def spot(self, node_id: str) -> tuple[float, float]:
        """The upper left corner of a node."""
        x = self.left + self.lane[node_id] * LANE_W + (LANE_W - NODE_W) / 2
        return x, HEAD + self.row[node_id] * ROW + ABOVE

    def route(self, edge) -> tuple[str, tuple[float, float]]:
        """The path of an edge, and where its label stands."""
        (ax, ay), (bx, by) = self.spot(edge.source), self.spot(edge.target)
        if self._is_next(edge):
            x0, x1, y0, y1 = ax + NODE_W / 2, bx + NODE_W / 2, ay + NODE_H, by - 3
            if x0 == x1:
                beside = (width_of(edge.label, 12) + 10) / 2 + 5  # an upright line this short would vanish under it
                return f"M{x0} {y0}V{y1}", (x0 - beside, (y0 + y1) / 2)
            middle, s = y0 + (12 if edge.label else 9), 1 if x1 > x0 else -1
            path = f"M{x0} {y0}V{middle - 5}q0 5 {5 * s} 5H{x1 - 5 * s}q{5 * s} 0 {5 * s} 5V{y1}"
            return path, ((x0 + x1) / 2, middle)
        back = self._is_back(edge)
        beyond = self.rooms[back] + TRACK * (self.tracks[back][edge.source, edge.target] + 1)
        # Lines leave a little below the middle of a side and come in a little above it, so the two are told apart.
        y0, y1 = ay + NODE_H / 2 + 8, by + NODE_H / 2 - 8
        half = (width_of(edge.label, 12) + 10) / 2
        if back:
            x = self.left - beyond
            return f"M{ax} {y0}H{x + 5}q-5 0 -5 -5V{y1 + 5}q0 -5 5 -5H{bx - 3}", (ax - 8 - half, y0)
        x, ex = self.right + beyond, ax + NODE_W
        return f"M{ex} {y0}H{x - 5}q5 0 5 5V{y1 - 5}q0 5 -5 5H{bx + NODE_W + 3}", (ex + 8 + half, y0)
