"""How quickly the workspace answers, from a browser's first request to what follows from a judgement.

    python -m evals.workspace PATH

PATH is a case, which is copied and left as it is, or whatever `sayso read` takes: then a case is made of it first. The
workspace runs as `sayso serve` does, in a process of its own; the pages are asked for one after the other, every kind
of page the same number of times, with the reports, names, voices and words taken evenly from the whole case.

Prints

    reports, passages        how large the case is
    seconds_to_open          from start to the printed address: the case is loaded, what the first page needs worked out
    first_view_ms            the first page, with its style and script, as it is asked for for the first time
    seconds_until_warm       until what the pages behind the first ones need was worked out, each asked for once
    page_ms_median, _p95     all pages together after that
    p95_of_kind              the same of each kind of page
    judgement_ms_median, _p95, _most    from sending a judgement to the page that shows it beside its passage
    follows_s_median, _most  until all that follows from it for names and questions was worked out
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlencode

from evals.files import report_result
from sayso import workspace
from sayso.model import Case

OF_EACH = 25
"""Pages of each kind."""
ACTS = 8
WORDS = ("said", "fire", "official", "according to", "no such words here")


class Browser:
    """One connection with its cookie."""

    def __init__(self, address: str) -> None:
        self.host = address.split("/")[2]
        self.connection = http.client.HTTPConnection(self.host, timeout=600)
        self.cookie = ""
        self.cookie = _cookie(self.ask(address.split(self.host)[1])[0])
        self.cookie += "; " + _cookie(self.ask("/me", by="evals")[0])

    def ask(self, path: str, **form: str) -> tuple[http.client.HTTPResponse, bytes, float]:
        """The answer, its body, and how many milliseconds it took. A form is posted."""
        headers = {"Cookie": self.cookie, "Origin": f"http://{self.host}"}
        start = time.perf_counter()
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.connection.request("POST", path, urlencode(form), headers)
        else:
            self.connection.request("GET", path, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - start) * 1000
        if answer.status >= 400:
            told = body.partition(b"<main")[2] or body
            raise RuntimeError(f"{path}: {answer.status} {told[:400]!r}")
        return answer, body, took


def _cookie(answer: http.client.HTTPResponse) -> str:
    return answer.getheader("set-cookie", "").split(";")[0]


def main() -> None:
    """Measure, and print the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    given = parser.parse_args().path
    with TemporaryDirectory() as folder:
        place = Path(folder) / "measured.case"
        if (given / "case.sqlite").is_file():
            shutil.copytree(given, place)
        else:
            workspace.add(place, [given], processes=workspace.cores())
        report_result(measure(place))


def measure(place: Path) -> dict[str, object]:
    """Serve the case and ask for its pages."""
    case = workspace.load(place)
    start = time.perf_counter()
    command = [sys.executable, "-m", "sayso", "serve", str(place), "--by", "measuring"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            browser = Browser(_address(server))
            opened = time.perf_counter() - start
            first = sum(browser.ask(path)[2] for path in ("/", "/style.css", "/page.js"))
            warm = sum(browser.ask(path)[2] for path in ("/drift", "/weights", "/timeline", "/silence", "/news")) / 1000
            took: defaultdict[str, list[float]] = defaultdict(list)
            for kind, path in _pages(case):
                took[kind].append(browser.ask(path)[2])
            acts, follows = _acts(browser, case)
        finally:
            server.terminate()
    every = [one for several in took.values() for one in several]
    return {
        "reports": len(case.reports),
        "passages": sum(len(one.attributions) for one in case.findings),
        "seconds_to_open": round(opened, 1),
        "first_view_ms": round(first),
        "seconds_until_warm": round(warm, 1),
        "pages": len(every),
        "page_ms_median": round(median(every)),
        "page_ms_p95": round(_p95(every)),
        "p95_of_kind": {kind: round(_p95(several)) for kind, several in took.items()},
        "judgement_ms_median": round(median(acts)),
        "judgement_ms_p95": round(_p95(acts)),
        "judgement_ms_most": round(max(acts)),
        "follows_s_median": round(median(follows), 1),
        "follows_s_most": round(max(follows), 1),
    }


def _address(server: subprocess.Popen[str]) -> str:
    """The address that the workspace prints."""
    for line in server.stderr or ():
        found = re.search(r"http://\S+", line)
        if found:
            return found[0]
    raise RuntimeError("The workspace printed no address.")


def _pages(case: Case) -> Iterator[tuple[str, str]]:
    """Kinds of pages and their addresses, one kind after the other, again and again."""
    kinds = {
        "report": [f"/reports/{one.id}" for one in case.reports],
        "name": [f"/names/{one.id}" for one in case.entities],
        "voice": [f"/voices/{one.id}" for one in case.voices if one.attributions and one.named],
        "search": [f"/search?q={quote(one)}" for one in WORDS],
        "reports": [f"/reports?{urlencode({'q': one, 'page': 1})}" for one in ("", *WORDS)],
        "names": [f"/names?page={n}" for n in range(1, 6)],
        "voices": [f"/voices?page={n}" for n in range(1, 6)],
        "hypotheses": [f"/hypotheses/{one.id}" for one in case.questions[:50]],
        "judgements": ["/judgements"],
        "tolls": [f"/tolls?page={n}" for n in range(1, 6)],
        "responsibility": [f"/responsibility?book={one}" for one in ("blame", "states", "wording")],
        "timeline": ["/timeline", *(f"/timeline?all=1&page={n}" for n in range(1, 5))],
        "echoes": [f"/echoes?page={n}" for n in range(1, 6)],
        "drift": [f"/drift?page={n}" for n in range(1, 6)],
        "weights": [f"/weights?page={n}" for n in range(1, 6)],
        "weight": [f"/weights/{one.id}" for one in case.questions],
        "silence": [f"/silence?page={n}" for n in range(1, 6)],
        "news": [f"/news?page={n}" for n in range(1, 11)],
        "home": ["/"],
        "add": ["/add"],
    }
    for turn in range(OF_EACH):
        for kind, several in kinds.items():
            if several:
                yield kind, several[turn * len(several) // OF_EACH]


def _acts(browser: Browser, case: Case) -> tuple[list[float], list[float]]:
    """Judge some passages, and wait each time until all that follows has been worked out."""
    passages = [(found.report, one.id) for found in case.findings for one in found.attributions]
    acts, follows = [], []
    for turn in range(ACTS):
        report, about = passages[turn * len(passages) // ACTS]
        verdict = ("rejected", "accepted")[turn % 2]
        start = time.perf_counter()
        sent = browser.ask("/judge", about=about, verdict=verdict, reason="measured", back=f"/reports/{report}")[2]
        _, page, seen = browser.ask(f"/reports/{report}")
        if b"measured" not in page:
            raise RuntimeError("The judgement does not stand in the page.")
        acts.append(sent + seen)
        while browser.ask("/following")[1] == b"true":
            time.sleep(0.05)
        follows.append(time.perf_counter() - start)
    return acts, follows


def _p95(several: list[float]) -> float:
    return quantiles(several, n=20)[-1] if len(several) > 1 else several[0]


if __name__ == "__main__":
    main()
