from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from starlette.testclient import TestClient

from sayso import workspace
from sayso.web import build
from sayso.web.safety import Keys, new_address

HOST = "http://127.0.0.1:8000"

REPORTS = {
    "gate.txt": (
        'The gate had been locked, Mayor Ilva Torrin said on Friday. "Nobody was inside," she told reporters.\n\n'
        "The fire in Ostra killed four people, according to the Harbour Guard. A spokesman for the union denied that "
        "dockers had started it.\n"
    ),
    "shed.txt": (
        "The Harbour Guard set the shed on fire, the dockers' union said on Saturday. Mayor Ilva Torrin denied it.\n\n"
        "Hospital staff said that at least six people were killed in the fire in Ostra.\n"
    ),
}
PUBLISHED = {"gate.txt": ("Ostra Courier", "2031-05-02"), "shed.txt": ("Port Bell", "2031-05-03")}


@dataclass
class Open:
    """A workspace and a browser that has been let in."""

    client: TestClient
    keys: Keys
    desk: object
    app: object

    def get(self, path, **more):
        return self.client.get(path, **more)

    def post(self, path, fields: Mapping[str, str] | None = None, **more):
        headers = {"origin": HOST, "sec-fetch-site": "same-origin", **more.pop("headers", {})}
        return self.client.post(path, data=fields or {"any": ""}, headers=headers, **more)

    @property
    def case(self):
        return workspace.load(self.desk.folder)

    def passage(self, words):
        """The attribution whose content holds these words."""
        return next(
            said
            for report, found in zip(self.case.reports, self.case.findings, strict=True)
            for said in found.attributions
            if words in " ".join(report.text[span.start : span.end] for span in said.content)
        )

    def another(self, by="A. Reader"):
        """A second browser in the same workspace, in which somebody has said who they are."""
        client = TestClient(self.app, base_url=HOST, follow_redirects=False)
        client.get(new_address(self.keys).removeprefix(HOST))
        found = Open(client, self.keys, self.desk, self.app)
        if by:
            found.post("/me", {"by": by})
        return found


@pytest.fixture(scope="session")
def first_case(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name, (publisher, published) in PUBLISHED.items():
        settings = workspace.Settings(publisher=publisher, published=published)
        workspace.add(folder / "ostra.case", [folder / name], settings=settings)
    return folder / "ostra.case"


@pytest.fixture
def case_folder(first_case, tmp_path):
    return shutil.copytree(first_case, tmp_path / "ostra.case")


def opened(folder):
    app, keys, desk = build(folder, 8000)
    return Open(TestClient(app, base_url=HOST, follow_redirects=False), keys, desk, app).another()


@pytest.fixture
def web(case_folder):
    return opened(case_folder)


@pytest.fixture(scope="session")
def looked_at(first_case, tmp_path_factory):
    """A workspace that no test changes."""
    return opened(shutil.copytree(first_case, tmp_path_factory.mktemp("looked") / "ostra.case"))
