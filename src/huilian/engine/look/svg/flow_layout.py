"""Where the nodes of a flow chart stand and how the lines between them run, so that no line crosses a box."""

import unicodedata

LANE_X, COL_W, NODE_W, NODE_H, LANE_H, TOP = 100, 132, 110, 52, 98, 10
GUTTER = (COL_W - NODE_W) / 2


def width_of(text: str, size: float) -> float:
    """About how wide the text is: a Chinese character or quotation mark is one em, a Latin letter a good half."""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else size * 0.56 for c in text)


def fit(text: str, room: float, size: float, lines: int) -> list[str]:
    """`text` in at most `lines` lines of `room` pixels; what does not fit ends in an ellipsis."""
    out, line = [], ""
    for word in _words(text):
        if line and width_of((line + word).rstrip(), size) > room:
            out.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    out.append(line.rstrip())
    kept = out[:lines]
    if len(out) > lines:
        kept[-1] += "…"
    for i, t in enumerate(kept):
        if width_of(t, size) > room:
            t = t.rstrip("…")
            while t and width_of(t + "…", size) > room:
                t = t[:-1]
            kept[i] = t + "…"
    return kept


def _words(text: str):
    """Breakable pieces: each Chinese character, each Latin word with its blank."""
    piece = ""
    for c in text:
        if unicodedata.east_asian_width(c) in "WF":
            if piece:
                yield piece
                piece = ""
            yield c
        else:
            piece += c
            if c in " -/":
                yield piece
                piece = ""
    if piece:
        yield piece


class Plan:
    """The place of every node: column by the longest way from the start, row by its lane."""

    def __init__(self, nodes, edges):
        self.lane = {n.id: n.lane for n in nodes}
        self.col = self._columns(nodes, edges)
        self.columns = max(self.col.values(), default=0) + 1
        self.taken = {(self.col[n.id], n.lane) for n in nodes}

    @staticmethod
    def _columns(nodes, edges) -> dict[str, int]:
        col = {n.id: n.col if n.col is not None else 0 for n in nodes}
        lane = {n.id: n.lane for n in nodes}
        free = {n.id for n in nodes if n.col is None}
        order = {n.id: i for i, n in enumerate(nodes)}
        # An edge against the order of the steps leads back and must not push anything to the right.
        ahead = [e for e in edges if e.kind != "back" and order[e.source] < order[e.target]]
        for node in nodes:
            for e in ahead:
                if e.target == node.id and node.id in free:
                    # A side way and the last step stand under or over where they come from.
                    down = (e.kind == "dash" or node.kind == "end") and node.lane != lane[e.source]
                    col[node.id] = max(col[node.id], col[e.source] + (0 if down else 1))
            if node.id in free:
                while any(
                    col[m.id] == col[node.id] and m.lane == node.lane and order[m.id] < order[node.id] for m in nodes
                ):
                    col[node.id] += 1
        return col

    def spot(self, node_id: str) -> tuple[float, float]:
        """The upper left corner of a node."""
        return (
            LANE_X + self.col[node_id] * COL_W + GUTTER,
            TOP + self.lane[node_id] * LANE_H + (LANE_H - NODE_H) / 2 + 4,
        )

    def _clear(self, lane: int, first: int, last: int) -> bool:
        """Whether no node stands in `lane` in the columns first…last."""
        return not any((c, lane) in self.taken for c in range(first, last + 1))

    def route(self, edge) -> tuple[str, tuple[float, float]]:
        """The path of an edge, and where its label stands."""
        a, b = edge.source, edge.target
        (ax, ay), (bx, by) = self.spot(a), self.spot(b)
        ca, cb, la, lb = self.col[a], self.col[b], self.lane[a], self.lane[b]
        if edge.kind == "back" or cb < ca:
            return self._back(ax, ay, bx, by, lb)
        if ca == cb:
            x = ax + NODE_W / 2 - (20 if edge.kind == "dash" else 0)
            y0, y1 = (ay + NODE_H, by - 3) if lb > la else (ay, by + NODE_H + 3)
            return f"M{x} {y0}V{y1}", (x, (y0 + y1) / 2)
        x0, y0, x1, y1 = ax + NODE_W, ay + NODE_H / 2, bx - 3, by + NODE_H / 2
        if la == lb:
            if self._clear(la, ca + 1, cb - 1):
                return f"M{x0} {y0}H{x1}", ((x0 + x1) / 2, y0)
            top = TOP + la * LANE_H + 7  # over the heads of the nodes between
            xa, xb = ax + NODE_W / 2 + 16, bx + NODE_W / 2 - 16
            return f"M{xa} {ay}V{top + 6}q0 -6 6 -6H{xb - 6}q6 0 6 6V{by - 3}", ((xa + xb) / 2, top)
        s = 1 if y1 > y0 else -1
        late, early = bx - GUTTER, ax + NODE_W + GUTTER
        if self._clear(la, ca + 1, cb - 1):
            return self._bend(x0, y0, x1, y1, late, s), (late, (y0 + y1) / 2)
        if self._clear(lb, ca + 1, cb - 1):
            return self._bend(x0, y0, x1, y1, early, s), (early, (y0 + y1) / 2)
        between = TOP + max(la, lb) * LANE_H  # along the line between two lanes
        return (
            f"M{x0} {y0}H{early - 6}q6 0 6 {6 * s}V{between - 6 * s}q0 {6 * s} 6 {6 * s}H{late - 6}"
            f"q6 0 6 {6 * s}V{y1 - 6 * s}q0 {6 * s} 6 {6 * s}H{x1}",
            ((early + late) / 2, between),
        )

    @staticmethod
    def _bend(x0, y0, x1, y1, x, s) -> str:
        return f"M{x0} {y0}H{x - 6}q6 0 6 {6 * s}V{y1 - 6 * s}q0 {6 * s} 6 {6 * s}H{x1}"

    def _back(self, ax, ay, bx, by, lane) -> tuple[str, tuple[float, float]]:
        """Returned for rework: under the target's row and up into it."""
        y = TOP + (lane + 1) * LANE_H - 7
        xa, xb = ax + NODE_W / 2 + 20, bx + NODE_W / 2 + 34
        start, turn = (ay + NODE_H, -1) if ay < y else (ay, 1)
        d = f"M{xa} {start}V{y + 7 * turn}q0 {-7 * turn} {-7 if xb < xa else 7} {-7 * turn}"
        d += f"H{xb + (7 if xb < xa else -7)}q{-7 if xb < xa else 7} 0 {-7 if xb < xa else 7} -7V{by + NODE_H + 3}"
        return d, ((xa + xb) / 2, y)
