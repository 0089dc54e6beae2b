"""BM25 over texts of episodes (library bm25s; k1 = 1.2, b = 0.75; Robertson's weighting unless another is named)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W\d_]+")
_STOPS = (
    "a about above after again against all also am an and any are as at be because been before being below between "
    "both but by can could did do does doing down during each few for from further had has have having he her here "
    "hers him his how i if in into is it its itself just me more most my no nor not now of off on once only or "
    "other our ours out over own same she should so some such than that the their theirs them then there these they "
    "this those through to too under until up upon very was we were what when where which while who whom why will "
    "with would you your s t one may might must shall"
)
STOP_WORDS = frozenset(_STOPS.split())


class WordIndex:
    """BM25 scores of documents for a query. Documents are word lists joined per episode."""

    def __init__(self, documents: Sequence[str], method: str = "robertson") -> None:
        """`lucene` lets a word that most documents hold count for a little; `robertson` lets it count for nothing."""
        import bm25s

        self.size = len(documents)
        tokens = [tokenize(document) for document in documents]
        self._words = {word for document in tokens for word in document}
        self._index: bm25s.BM25 | None = None
        if self._words:
            self._index = bm25s.BM25(method=method, k1=1.2, b=0.75)
            self._index.index(tokens, show_progress=False)

    def score(self, query: str) -> NDArray[np.float32]:
        """Scores, shape (documents,); zero where no word is shared."""
        words = [word for word in tokenize(query) if word in self._words]
        if not words or self._index is None:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._index.get_scores(words), dtype=np.float32)


def tokenize(text: str) -> list[str]:
    """Words in lower case without stop words. Stems were tried and changed nothing that the fusion kept."""
    return [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS and len(word) > 1]
