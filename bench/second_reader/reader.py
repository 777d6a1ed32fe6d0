"""The reader: a spaCy tagger over characters that says of each whether it belongs to a unit that bears a duty, and in which role.

Tags are ``O``, ``B-label`` and ``I-label``. A tagger gives probabilities, which a transition-based NER does not; the confidence of
a span is the least probability of its characters, so that a threshold can be set.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import fix_random_seed

from bench.second_reader.data import Stretch

ROLES = ("lead", "responsible", "support")
LABELS = tuple(f"{form}_{role}" for form in ("inline", "listed") for role in ROLES)
TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BI"))
MODEL = {
    "@architectures": "spacy.Tagger.v2",
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 64,
            "attrs": ["ORTH"],
            "rows": [4000],
            "include_static_vectors": False,
        },
        # Four layers of three characters each way: a name and what stands around it are within reach.
        "encode": {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 64, "window_size": 3, "maxout_pieces": 2, "depth": 4},
    },
}

Scores = NDArray[np.floating[Any]]
Span = tuple[int, int, str, float]
"""Start, end, label, confidence."""


def blank() -> Language:
    """An untrained reader."""
    nlp = spacy.blank("zh")
    tagger = nlp.add_pipe("tagger", config={"model": MODEL})
    for tag in TAGS:
        tagger.add_label(tag)  # type: ignore[attr-defined]
    return nlp


def characters(nlp: Language, text: str) -> Doc:
    """A Doc with one token for each character."""
    return Doc(nlp.vocab, words=list(text), spaces=[False] * len(text))


def train(data: Sequence[Stretch], epochs: int, seed: int = 0, dropout: float = 0.2) -> Language:
    """A reader trained on ``data``. Raises ValueError for no data."""
    if not data:
        raise ValueError("no examples to learn from")
    fix_random_seed(seed)
    shuffle = random.Random(seed)
    names: dict[str, list[str]] = {}
    for stretch in data:
        for start, end, label in stretch.spans:
            names.setdefault(label, []).append(stretch.text[start:end])
    nlp = blank()
    optimizer = nlp.initialize(lambda: [_example(nlp, stretch) for stretch in data[:50]])
    optimizer.learn_rate = 0.002
    for epoch in range(epochs):
        ready = [_example(nlp, _varied(stretch, names, shuffle)) for stretch in shuffle.sample(data, len(data))]
        if epoch >= epochs * 2 // 3:
            optimizer.learn_rate = 0.0005
        for batch in minibatch(ready, 24):  # type: ignore[no-untyped-call]
            nlp.update(batch, sgd=optimizer, drop=dropout)
    return nlp


def _varied(stretch: Stretch, names: dict[str, list[str]], chance: random.Random) -> Stretch:
    """The stretch with a third of its names exchanged for others in the same role, so that it is the place that is learnt."""
    text, spans, position = "", [], 0
    for start, end, label in sorted(stretch.spans):
        name = chance.choice(names[label]) if chance.random() < 0.33 else stretch.text[start:end]
        text += stretch.text[position:start]
        spans.append((len(text), len(text) + len(name), label))
        text, position = text + name, end
    return Stretch(text + stretch.text[position:], tuple(spans))


def _example(nlp: Language, stretch: Stretch) -> Example:
    tags = ["O"] * len(stretch.text)
    for start, end, label in stretch.spans:
        tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return Example.from_dict(characters(nlp, stretch.text), {"tags": tags})


def read(nlp: Language, texts: Iterable[str]) -> Iterator[list[Span]]:
    """The spans of each text; ``nlp`` comes from :func:`train` or from disk."""
    tagger = nlp.get_pipe("tagger")
    labels: tuple[str, ...] = tagger.labels  # type: ignore[attr-defined]
    for batch in minibatch(texts, 64):  # type: ignore[no-untyped-call]
        docs = [characters(nlp, text) for text in batch]
        for scores in tagger.model.predict(docs):  # type: ignore[attr-defined]
            yield list(_spans(_chances(np.asarray(scores)), labels))


def _chances(scores: Scores) -> Scores:
    """Probabilities: in use, the model leaves out the last step of its softmax."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Scores = powers / powers.sum(axis=1, keepdims=True)
    return chances


def _spans(chances: Scores, labels: Sequence[str]) -> Iterator[Span]:
    """The likeliest division into names and others; then for each name the label that its characters agree on best."""
    column = {tag: i for i, tag in enumerate(labels)}
    by_label = np.stack([chances[:, column[f"B-{name}"]] + chances[:, column[f"I-{name}"]] for name in LABELS])
    begins = chances[:, [column[f"B-{name}"] for name in LABELS]].sum(axis=1)
    goes_on = chances[:, [column[f"I-{name}"] for name in LABELS]].sum(axis=1)
    start = -1
    for i, place in enumerate([*_places(chances[:, column["O"]], begins, goes_on), "O"]):
        if start >= 0 and place != "I":
            if i - start > 1:  # no agency has a name of one character
                best = int(by_label[:, start:i].sum(axis=1).argmax())
                yield start, i, LABELS[best], float(by_label[best, start:i].min())
            start = -1
        if place == "B":
            start = i


def _places(outside: Scores, begins: Scores, goes_on: Scores) -> list[str]:
    """The likeliest row of O, B and I in which no I follows an O (Viterbi)."""
    steps = np.log(np.stack([outside, begins, goes_on], axis=1) + 1e-9)
    best = steps[0] + (0, 0, -np.inf)
    back = []
    for step in steps[1:]:
        before_o = int(best[1] > best[0]) if best[1] >= best[2] else 2 * int(best[2] > best[0])
        before_i = 1 if best[1] >= best[2] else 2
        back.append((before_o, before_o, before_i))
        best = np.array([best[before_o], best[before_o], best[before_i]]) + step
    row = [int(best.argmax())]
    for sources in reversed(back):
        row.append(sources[row[-1]])
    return ["OBI"[at] for at in reversed(row)]
