"""What a warm brief costs beyond reading the text: each text once, so that no alignment is remembered. Needs a built graph."""

from __future__ import annotations

import statistics
import time

from bench.similar import SITUATIONS
from explorer.briefs import BriefDesk
from explorer.service import open_service
from kg.analogy.evaluate import read_situations
from kg.analogy.evaluate.situations import AS_PASTED
from kg.analogy.similar import Query, read_query

TEXTS = 21
FLOOR = 1000  # milliseconds that a brief may take beyond the reading


def main() -> None:
    """Print the median and the longest of the texts as pasted, after one that does not count."""
    texts = [s.query.text or "" for s in read_situations(SITUATIONS) if s.form == AS_PASTED][: TEXTS + 1]
    reading_spent, brief_spent = [], []
    with open_service() as service:
        desk = BriefDesk(service)
        engine = desk.engine
        for text in texts:
            began = time.perf_counter()
            reading = read_query(Query(text), engine.index, engine.encoder, engine.masker)
            case = desk.read_case(text)
            read = time.perf_counter()
            desk.make(text, case=case, reading=reading)
            reading_spent.append((read - began) * 1000)
            brief_spent.append((time.perf_counter() - read) * 1000)
        print(
            f"{len(engine.index)} episodes, {TEXTS} texts: reading {statistics.median(reading_spent[1:]):.0f} ms, the brief beyond it "
            f"{statistics.median(brief_spent[1:]):.0f} ms, at most {max(brief_spent[1:]):.0f} (aim ≤ {FLOOR})"
        )


if __name__ == "__main__":
    main()
