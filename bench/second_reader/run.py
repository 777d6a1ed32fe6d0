"""Does a statistical second reader find duties that the rules miss? Trains one and compares three systems, by document.

Usage: python bench/second_reader/run.py --documents FOLDER --gold GOLD.jsonl
         [--more FOLDER GOLD.jsonl] [--test FOLDER GOLD.jsonl] [--epochs N] [--save FOLDER]

Splits: each source of --gold is once left out of the training and tested on (leave one source out); --test is never trained on and
is read by a reader that has seen all of --documents and --more. Systems: the rules; the reader alone; the rules with the reader's
findings where no rule found anything, at several thresholds. *unit mentions* counts a duty's mention as found when it overlaps a
gold one by half of the longer (whatever its role); *inline exact* asks for the role and the agency too.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from spacy.language import Language

from bench.second_reader.data import Duty, Gold, ReadPolicy, Stretch, examples, read_folder, read_gold, stretches
from bench.second_reader.reader import read, train
from extract.agencies.canonical import canonical

THRESHOLDS = (0.3, 0.5, 0.8, 0.9)
Counts = tuple[int, int, int]
"""Right, in the gold, predicted."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--more", type=Path, nargs=2, metavar=("FOLDER", "GOLD"), help="also trained on, never tested on")
    parser.add_argument("--test", type=Path, nargs=2, metavar=("FOLDER", "GOLD"), help="tested on, never trained on")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--save", type=Path, help="write the reader of the --test split here")
    options = parser.parse_args()
    own, gold = read_folder(options.documents), read_gold(options.gold)
    more = examples(read_folder(options.more[0]), read_gold(options.more[1])) if options.more else []
    totals: dict[str, list[Counts]] = {}
    for source in sorted(gold.spans):
        others = examples([p for p in own if p.policy.head.source != source], gold)
        nlp = learn([*others, *more], options.epochs, f"without {source}")
        for system, counts in compare(own, gold, nlp, {source}).items():
            totals.setdefault(system, []).extend(counts)
    show("leave one source out", totals)
    if options.test:
        nlp = learn([*examples(own, gold), *more], options.epochs, "all of --documents and --more")
        other = read_gold(options.test[1])
        show("test", compare(read_folder(options.test[0]), other, nlp, set(other.spans)))
        measure(nlp, [p.policy.text[a:b] for p in own for a, b in stretches(p.policy)], options.save)


def learn(data: Sequence[Stretch], epochs: int, what: str) -> Language:
    """Train, and say how long it took."""
    begun = time.process_time()
    nlp = train(data, epochs)
    print(f"trained {what}: {len(data)} stretches, {sum(len(s.text) for s in data):,} characters, "
          f"{time.process_time() - begun:.0f} s of CPU", flush=True)  # fmt: skip
    return nlp


def compare(policies: Sequence[ReadPolicy], gold: Gold, nlp: Language, sources: set[str]) -> dict[str, list[Counts]]:
    """For each system the counts of unit mentions and of inline duties exact, in the annotated policies of ``sources``."""
    heads = [(p, p.policy.head) for p in policies]
    within = [p for p, head in heads if head.source in sources and gold.covers(head.source, head.span[0])]
    rules = [d for p in within for d in p.rules if gold.covers(d.source, d.start)]
    found = [pair for p in within for pair in second(p, nlp)]
    out = {"rules": score(gold.duties, rules, sources)}
    for threshold in THRESHOLDS:
        sure = [duty for duty, confidence in found if confidence >= threshold]
        added = [d for d in sure if not any(d.source == r.source and d.start < r.end and r.start < d.end for r in rules)]
        out[f"reader ≥ {threshold}"] = score(gold.duties, sure, sources)
        out[f"rules + reader ≥ {threshold}"] = score(gold.duties, [*rules, *added], sources)
        out[f"rules + reader ≥ {threshold}, inline only"] = score(gold.duties, [*rules, *(d for d in added if d.inline)], sources)
    return out


def second(item: ReadPolicy, nlp: Language) -> list[tuple[Duty, float]]:
    """What the reader finds in a policy, with its confidence."""
    policy = item.policy
    places = list(stretches(policy))
    out = []
    for (begin, _), spans in zip(places, read(nlp, [policy.text[a:b] for a, b in places]), strict=True):
        for start, end, label, confidence in spans:
            form, _, role = label.partition("_")
            agency = canonical(policy.text[begin + start : begin + end], policy.setting).name
            raw = policy.raw(begin + start, begin + end)
            out.append((Duty(policy.head.source, *raw, role, form == "inline", agency), confidence))
    return out


def squeeze(name: str) -> str:
    """An agency's name as it is compared."""
    return "".join(unicodedata.normalize("NFKC", name).split()).replace("管理委员会", "管委会").replace("人民政府", "政府")


def score(gold: Sequence[Duty], found: Sequence[Duty], sources: set[str]) -> list[Counts]:
    """Counts of unit mentions and of inline duties exact, among these sources."""
    known = [d for d in gold if d.source in sources]
    pairs = list(pair(known, found))
    exact = [(g, f) for g, f in pairs if g.inline and g.role == f.role and squeeze(g.agency) == squeeze(f.agency)]
    paired = {id(f) for _, f in pairs}
    predicted = sum(g.inline for g, _ in pairs) + sum(f.inline for f in found if id(f) not in paired)
    return [(len(pairs), len(known), len(found)), (len(exact), sum(d.inline for d in known), predicted)]


def pair(gold: Iterable[Duty], found: Iterable[Duty]) -> Iterable[tuple[Duty, Duty]]:
    """Pairs, one to one, that overlap by at least half of the longer; the greater overlap first."""
    by_source: dict[str, list[Duty]] = {}
    for duty in found:
        by_source.setdefault(duty.source, []).append(duty)
    close = [(share, g, f) for g in gold for f in by_source.get(g.source, ()) if (share := overlap(g, f)) >= 0.5]
    used: set[int] = set()
    for _, g, f in sorted(close, key=lambda c: -c[0] - 0.1 * (c[1].role == c[2].role)):
        if id(g) not in used and id(f) not in used:
            used |= {id(g), id(f)}
            yield g, f


def overlap(a: Duty, b: Duty) -> float:
    """The part of the longer of two mentions that they share."""
    return (min(a.end, b.end) - max(a.start, b.start)) / max(a.end - a.start, b.end - b.start, 1)


def show(title: str, systems: dict[str, list[Counts]]) -> None:
    """Precision, recall and F1 of each system, as a Markdown table; counts of several splits are added up."""
    print(f"\n## {title}\n\n| system | unit mentions P | R | F1 | inline exact P | R | F1 |\n|---|--:|--:|--:|--:|--:|--:|")
    for system, counts in systems.items():
        cells = []
        for which in (0, 1):
            right, known, predicted = (sum(c[k] for c in counts[which::2]) for k in range(3))
            cells += [right / (predicted or 1), right / (known or 1), 2 * right / (known + predicted or 1)]
        print(f"| {system} | " + " | ".join(f"{cell:.3f}" for cell in cells) + " |")
    right, known, _ = (sum(c[k] for c in next(iter(systems.values()))[1::2]) for k in range(3))
    print(f"\n(inline duties in the gold: {known}, right by the rules: {right})", flush=True)


def measure(nlp: Language, texts: Sequence[str], save: Path | None) -> None:
    """Size on disk, and reading speed (the median of three)."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        for _spans in read(nlp, texts):
            pass
        times.append(time.process_time() - begun)
    with tempfile.TemporaryDirectory() as folder:
        nlp.to_disk(save or folder)
        size = sum(p.stat().st_size for p in Path(save or folder).rglob("*") if p.is_file())
    characters = sum(map(len, texts))
    print(f"size {size / 1e6:.1f} MB; reads {characters / statistics.median(times):,.0f} characters per second of CPU")


if __name__ == "__main__":
    main()
