"""An uploaded scenario makes the service open no file and no connection."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from service.scenarios.reading import WORKBOOK
from tests.contract.hostile_inputs import BOOK, JOBS_SHEET, JSON, YAML
from tests.unit.service.listener import Listener, listening

Upload = Callable[[str | bytes, str], Response]

SECRET = "root:x:0:0:not to be seen"

MATRICES = (
    "/etc/passwd",
    "{secret}",
    "../../../../../../../../{secret}",
    "./{secret}",
    "file://{secret}",
    "file:{secret}",
    "http://127.0.0.1:{port}/matrix.csv",
    "https://127.0.0.1:{port}/matrix.csv",
    "ftp://127.0.0.1:{port}/matrix.csv",
    "\\\\\\\\127.0.0.1@{port}\\\\share\\\\matrix.csv",
    "//127.0.0.1:{port}/matrix.csv",
    "~/matrix.csv",
    "$HOME/matrix.csv",
    "matrix.csv",
    "/dev/stdin",
    "/dev/random",
    "/proc/self/environ",
    "",
)
"""Names of files that a matrix may not be read from: nothing is, whatever the name."""

TAGS = (
    'story: !!python/object/apply:os.system ["cat {secret}"]\n',
    'story: !!python/object/new:urllib.request.urlopen ["http://127.0.0.1:{port}/"]\n',
    "story: !!python/name:os.environ\n",
    "story: !!python/module:antigravity\n",
    "story: !include {secret}\n",
    "story: !include http://127.0.0.1:{port}/\n",
    "story: !ENV ${HOME}\n",
    "story: !!binary cm9vdDp4\n",
    "%TAG ! tag:127.0.0.1:{port},2000:\nstory: !x y\n",
)
"""Lines with tags that libraries have been made to act on."""

PARTS = {
    "a link to another book": (
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        'Target="http://127.0.0.1:{port}/book.xlsx" TargetMode="External"/></Relationships>',
    ),
    "a data connection": (
        "xl/connections.xml",
        '<connections><connection id="1" name="x" type="4"><webPr url="http://127.0.0.1:{port}/"/></connection>'
        "</connections>",
    ),
    "a name above": ("../../../../../../../..{outside}", "x"),
    "a name above in Windows": ("..\\..\\..\\evil.txt", "x"),
    "a name from the root": ("{outside}", "x"),
    "a name with a drive": ("C:\\evil.txt", "x"),
}
"""Parts added to a workbook."""

INSIDE: dict[str, tuple[bytes, bytes]] = {
    "an entity from a file": (
        b"<worksheet",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><worksheet',
    ),
    "an entity from the net": (
        b"<worksheet",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:{port}/">]><worksheet',
    ),
    "a definition from the net": (
        b"<worksheet",
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd"><worksheet',
    ),
    "a parameter entity": (
        b"<worksheet",
        b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:{port}/x.dtd"> %e;]><worksheet',
    ),
    "a formula that asks the net": (
        b"<v>28.22</v>",
        b"<f>WEBSERVICE(&quot;http://127.0.0.1:{port}/&quot;)</f><v>28.22</v>",
    ),
}
"""Changes inside the sheet of jobs."""


@pytest.fixture(scope="module")
def canary() -> Iterator[Listener]:
    with listening() as heard:
        yield heard


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("secret") / "passwd"
    file.write_text(SECRET, encoding="utf-8")
    return file


@pytest.fixture
def upload(
    client: TestClient, canary: Listener, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Upload:
    """Return how to upload a body and see that nothing was reached; it returns the answer."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.chdir(scratch)

    def sent(body: str | bytes, kind: str) -> Response:
        answer = client.post("/scenarios", content=body, headers={"Content-Type": kind})
        assert SECRET not in answer.text
        assert canary.requests == []
        assert list(scratch.iterdir()) == []
        stored = client.get("/scenarios").json()["scenarios"]
        assert (answer.status_code, len(stored)) in [(201, 1), (422, 0), (400, 0)], answer.text
        for one in stored:  # what was taken holds nothing of the file either
            assert SECRET not in client.get(f"/scenarios/{one['scenario_id']}/content").text
        return answer

    return sent


def filled(text: str, canary: Listener, secret: Path, outside: Path = Path("/none")) -> str:
    return (
        text.replace("{port}", str(canary.port))
        .replace("{secret}", str(secret))
        .replace("{outside}", str(outside))
    )


@pytest.mark.parametrize(
    ("kind", "body"), [("application/yaml", YAML), ("application/json", JSON), (WORKBOOK, BOOK)]
)
def test_without_any_harm_they_are_taken(upload: Upload, kind: str, body: str | bytes) -> None:
    assert upload(body, kind).status_code == 201


@pytest.mark.parametrize("kind", ["application/yaml", "application/json"])
@pytest.mark.parametrize("name", MATRICES)
def test_matrices_are_read_from_no_file(
    upload: Upload, canary: Listener, secret: Path, name: str, kind: str
) -> None:
    file = filled(name, canary, secret)
    travel = f'"travel": {{"matrices": {{"car": {{"file": "{file}"}}}}}}'
    body = (
        YAML + travel.replace('"travel"', "travel", 1)
        if "yaml" in kind
        else f"{JSON.rstrip()[:-1]}, {travel}}}"
    )
    answer = upload(body, kind)
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["issues"]] == ["/travel/matrices/car/file"]


@pytest.mark.parametrize("line", TAGS)
def test_tags_are_not_acted_on(upload: Upload, canary: Listener, secret: Path, line: str) -> None:
    said = filled(line, canary, secret)
    head, _, rest = said.rpartition("story:") if said.startswith("%") else ("", "", "")
    body = "\n".join(one for one in YAML.splitlines() if not one.startswith("story:")) + "\n"
    text = f"{head}---\n{body}story:{rest}" if head else body + said
    assert upload(text, "application/yaml").status_code == 422


@pytest.mark.parametrize("name", PARTS)
def test_parts_of_workbooks_lead_nowhere(
    upload: Upload, canary: Listener, secret: Path, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "evil.txt"
    where, what = (filled(text, canary, secret, outside) for text in PARTS[name])
    stream = io.BytesIO(BOOK)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(where, what)
    upload(stream.getvalue(), WORKBOOK)
    assert not outside.exists()


@pytest.mark.parametrize("name", INSIDE)
def test_sheets_lead_nowhere(upload: Upload, canary: Listener, secret: Path, name: str) -> None:
    old, new = INSIDE[name]
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as sound, zipfile.ZipFile(stream, "w") as spoilt:
        for one in sound.infolist():
            inside = sound.read(one)
            if one.filename == JOBS_SHEET:
                assert old in inside
                inside = inside.replace(old, filled(new.decode(), canary, secret).encode(), 1)
            spoilt.writestr(one.filename, inside, zipfile.ZIP_DEFLATED)
    upload(stream.getvalue(), WORKBOOK)
