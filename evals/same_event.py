"""Do event words of different reports speak of the same event? Gold mentions, beside the rule "same lemma, same event".

    python -m evals.same_event PATH

PATH is one of

    - a .tar.gz with `ECB+/TOPIC/TOPIC_NAME.xml` in it (Cybulska and Vossen 2014), or the folder that it, or its
      content, lies in. The list of validated sentences, a file `*_sentences_*.csv`, lies in the same folder; only
      mentions in these sentences count, as is usual
    - a folder with `*.conll.gz` and `*event_mentions.json.gz` in it (the Gun Violence Corpus, Vossen et al. 2018, in
      the form of Zhukova's collection)

The gold mentions are put in as events, without their gold kinds, participants or times, and the very code of
`sayso.incidents` joins them; all else it takes from the texts. All gold mentions count, those alone in their cluster
("singletons") too, as is usual on ECB+ with gold mentions. Of a mention of several words `sayso.words.head` tells the
head. The same-lemma rule takes the same head and the same lemma, so that both see the same words.

On ECB+ two set-ups are printed. "all together": the reports of all topics are one case, and which belong together has
to be found out. "gold topics": each topic is a case of its own, as in most published figures. The Gun Violence Corpus
is one topic; there "incidents" compares the incidents of the program, over all events that have a kind, with the gold
incident of each report. Scores are counted over all mentions together, see `evals.coreference`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from evals.coreference import conll
from evals.files import members, report_result, stop
from evals.polnear import join
from sayso import incidents, words
from sayso.incidents.joining import join as join_events
from sayso.incidents.signs import papers
from sayso.kit import digest, identify
from sayso.model import Event, Findings, Report, Span

DEV_TOPICS = frozenset({"2", "5", "12", "18", "21", "23", "34", "35"})
"""The development topics of ECB+ in the usual split."""

Id = tuple[str, str]
"""Report and event."""


class Document(NamedTuple):
    """A text as the program gets it, its gold mentions as events, and the cluster of each."""

    topic: str
    report: Report
    findings: Findings
    cluster: Mapping[str, str]
    """By event."""
    incident: str = ""
    """Which incident the report is about, where the gold says so."""


class Marked(NamedTuple):
    """A mention as the files have it: its tokens, counted from the file's start, and its cluster."""

    tokens: tuple[int, ...]
    cluster: str


def document(
    name: str, sentences: Sequence[Sequence[str]], marked: Sequence[Marked], *, published: str = "", topic: str = ""
) -> Document:
    """Tokens as running text, the first sentence as a headline, and an event for each mention."""
    text, places, spans = "", [], []
    for number, tokens in enumerate(sentences):
        written, where = join(tokens)
        text += "" if not number else "\n\n" if number == 1 else " "
        spans.append(Span(len(text), len(text) + len(written)))
        places += [Span(len(text) + one.start, len(text) + one.end) for one in where]
        text += written
    report = Report(name, text, digest(text), "", name, published=published)
    events = [
        (_event(name, text, number, Span(places[one.tokens[0]].start, places[one.tokens[-1]].end)), one.cluster)
        for number, one in enumerate(sorted(marked))
    ]
    findings = Findings(name, tuple(spans), events=tuple(event for event, _ in events))
    return Document(topic, report, findings, {event.id: cluster for event, cluster in events})


def _event(name: str, text: str, number: int, span: Span) -> Event:
    head = words.head(text[span.start : span.end])
    return Event(identify("gold", name, number), span, words.lemma(head), words.kind(head))


def ecb(path: Path) -> list[Document]:
    """The documents of ECB+ by topic and name, with the mentions of the validated sentences."""
    valid = _valid(path)
    packed = sorted(path.glob("*.tar.gz")) if path.is_dir() else []
    found = []
    for name, content in sorted(members(packed[0] if packed else path, ".xml")):
        stem = Path(name).stem
        found.append(_ecb_document(stem, ET.fromstring(content), valid[stem]))  # noqa: S314 - the user's own file
    return [one for one in found if one.findings.events]


def _valid(path: Path) -> Mapping[str, set[str]]:
    valid = defaultdict[str, set[str]](set)
    folder = path if path.is_dir() else path.parent
    for table in sorted(folder.rglob("*_sentences*.csv")):
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                valid[f"{row['Topic']}_{row['File']}"].add(row["Sentence Number"])
    return valid or stop(f"{folder}: no list of validated sentences, *_sentences*.csv, in it")


def _ecb_document(name: str, root: ET.Element, valid: set[str]) -> Document:
    tokens = list(root.iter("token"))
    places = {token.get("t_id"): number for number, token in enumerate(tokens)}
    sentences = defaultdict[int, list[str]](list)
    for token in tokens:
        sentences[int(token.get("sentence", "0"))].append(token.text or "")
    cluster = {
        source.get("m_id"): relation.get("note") or f"{name} {relation.get('r_id')}"
        for relation in root.iterfind("Relations/*")
        for source in relation.iter("source")
    }
    marked = []
    for mention in root.iterfind("Markables/*"):
        anchors = sorted(places[anchor.get("t_id")] for anchor in mention.iter("token_anchor"))
        if anchors and "ACTION" in mention.tag and tokens[anchors[0]].get("sentence") in valid:
            number = mention.get("m_id")
            marked.append(Marked(tuple(anchors), cluster.get(number, f"{name} alone {number}")))
    return document(name, [sentences[n] for n in sorted(sentences)], marked, topic=name.split("_", maxsplit=1)[0])


def gvc(path: Path) -> list[Document]:
    """The documents of the Gun Violence Corpus by name."""
    marked = defaultdict[str, list[Marked]](list)
    about = {}
    texts = _gvc_texts(path)
    for mention in gvc_mentions(path):
        name = mention["doc_id"]
        before = sum(map(len, texts[name][1][: mention["sent_id"] - 1]))
        tokens = tuple(sorted(before + number for number in mention["tokens_number"]))
        marked[name].append(Marked(tokens, mention["coref_chain"]))
        about[name] = mention["subtopic_id"]
    return [
        document(name, texts[name][1], marked[name], published=texts[name][0])._replace(incident=about[name])
        for name in sorted(marked)
    ]


def gvc_mentions(path: Path) -> Iterator[dict[str, Any]]:
    """The mentions of the Gun Violence Corpus, as its file has them."""
    for file in sorted(path.glob("*event_mentions.json.gz")):
        yield from json.loads(gzip.decompress(file.read_bytes()))


def _gvc_texts(path: Path) -> dict[str, tuple[str, list[list[str]]]]:
    """Day of publication (the first line of each text) and sentences of tokens."""
    texts: dict[str, tuple[str, list[list[str]]]] = {}
    for file in sorted(path.glob("*.conll.gz")):
        sentences = defaultdict[str, defaultdict[int, list[str]]](lambda: defaultdict(list))
        for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
            if not line.startswith("#") and len(row := line.split("\t")) >= 4:
                sentences[row[0].rpartition("/")[2]][int(row[1])].append(row[3])
        for name, by_number in sentences.items():
            texts[name] = by_number[0][0], [by_number[number] for number in sorted(by_number) if number]
    return texts


def gold_clusters(documents: Iterable[Document]) -> list[list[str]]:
    """Ids of events, by gold cluster."""
    found = defaultdict[tuple[str, str], list[str]](list)
    for one in documents:
        for event, cluster in one.cluster.items():
            found[one.topic, cluster].append(event)
    return list(found.values())


def same_lemma(documents: Iterable[Document]) -> list[list[str]]:
    """Ids of events, by lemma."""
    found = defaultdict[str, list[str]](list)
    for one in documents:
        for event in one.findings.events:
            found[event.lemma].append(event.id)
    return list(found.values())


def by_room(documents: Sequence[Document]) -> list[list[str]]:
    """Ids of events, as the program joins those of one case."""
    ordered = sorted(documents, key=lambda one: (one.report.published == "", one.report.published, one.report.id))
    shown = papers([one.report for one in ordered], [one.findings for one in ordered], {})
    return [[scene.event.id for scene in group] for story in join_events(shown) for group in story.groups]


def of_incidents(documents: Sequence[Document]) -> dict[str, Any]:
    """The program's incidents against the gold incident of each report, over the events that are in one."""
    told = incidents.group(tuple(one.report for one in documents), tuple(one.findings for one in documents), ())
    about = {event.id: one.incident for one in documents for event in one.findings.events}
    found = [[event for _, event in one.events] for one in told]
    gold = defaultdict[str, list[str]](list)
    for event in (event for group in found for event in group):
        gold[about[event]].append(event)
    return {"incidents": len(gold), "found": len(found), **conll(list(gold.values()), found)}


def score(documents: Sequence[Document], cases: Iterable[Sequence[Document]]) -> dict[str, Any]:
    """The program and the same-lemma rule on the same cases, counted over all of them together."""
    cases = list(cases)
    gold = gold_clusters(documents)
    room = conll(gold, [group for case in cases for group in by_room(case)])
    rule = conll(gold, [group for case in cases for group in same_lemma(case)])
    return {"cases": len(cases), "sayso": room, "same lemma": rule}


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="folder or .tar.gz of ECB+, or folder of the Gun Violence Corpus")
    parser.add_argument("--train", action="store_true", help="the training topics of ECB+, not the development topics")
    given = parser.parse_args()
    is_gvc = given.path.is_dir() and any(given.path.glob("*event_mentions.json.gz"))
    documents = gvc(given.path) if is_gvc else [d for d in ecb(given.path) if (d.topic in DEV_TOPICS) != given.train]
    topics = sorted({one.topic for one in documents})
    result: dict[str, Any] = {"documents": len(documents), "mentions": sum(len(one.cluster) for one in documents)}
    result["all together"] = score(documents, [documents])
    if len(topics) > 1:
        result["gold topics"] = score(documents, [[d for d in documents if d.topic == topic] for topic in topics])
    if is_gvc:
        result["incidents"] = of_incidents(documents)
    report_result(result)


if __name__ == "__main__":
    main()
