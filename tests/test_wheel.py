"""The built wheel is complete: an incident is led from it, in an empty folder, without the repository."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from email.parser import HeaderParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
NOT_SOURCE = shutil.ignore_patterns(".*", "*.mo", "__pycache__", "build", "dist", "tests", "bench")


def run(*command: str | Path, cwd: Path | None = None, code: int = 0) -> str:
    """What `command` prints; its whole talk is shown where it ends otherwise than expected."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == code, f"{command} exited with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy without the compiled catalogue, so that the build is seen to make it."""
    copy = tmp_path_factory.mktemp("wheel") / "source"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", copy.parent, cwd=copy)
    (built,) = copy.parent.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment with nothing but the wheel in it.

    It borrows what the wheel depends on from the environment of the tests, by a .pth file: no network is needed.
    """
    environment = tmp_path_factory.mktemp("installed")
    builder = venv.EnvBuilder(symlinks=os.name != "nt")
    context = builder.ensure_directories(environment)
    builder.create(environment)
    run(
        sys.executable, "-m", "pip", "--python", context.env_exe, "install", "--no-deps", "--no-index", "--quiet", wheel
    )
    (packages,) = environment.rglob("site-packages")
    borrowed = [path for path in sys.path if Path(path).name in ("site-packages", "dist-packages")]
    (packages / "borrowed.pth").write_text("\n".join(borrowed), "utf-8")
    return Path(context.bin_path)


def test_the_wheel_holds_the_content_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (
            HeaderParser().parsestr(archive.read(name).decode()) for name in names if name.endswith("METADATA")
        )
    for folder in ("playbooks", "templates"):
        here = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        inside = {
            name.removeprefix("runbook/_content/") for name in names if name.startswith(f"runbook/_content/{folder}/")
        }
        assert inside == here
        assert inside & {"playbooks/lost-media.yaml", "templates/kinds.yaml"}
    laws = {f"regimes/{path.name}" for path in (ROOT / "playbooks" / "regimes").glob("*.yaml")}
    assert "regimes/jp.appi.68.yaml" in laws
    assert {f"runbook/_content/playbooks/{name}" for name in (*laws, "severity.yaml")} <= names
    assert "runbook/locale/ja/LC_MESSAGES/runbook.mo" in names
    assert {f"runbook/notices/formats/notice.{kind}" for kind in ("css", "typ")} <= names
    assert set(metadata.get_all("Provides-Extra") or []) == {"dev", "documents"}
    assert {name.partition("/")[0] for name in names} - {f"lost_media_runbook-{metadata['Version']}.dist-info"} == {
        "runbook"
    }
    assert not [name for name in names if name.endswith((".po", ".pyc"))]
    assert metadata["License-Expression"] == "Apache-2.0"


def test_the_installed_program_speaks_japanese(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONUTF8", "1")
    with (ROOT / "src/runbook/locale/ja.po").open("rb") as po:
        sentence = next(message for message in read_po(po, locale="ja") if message.id and "{" not in message.id)
    code = "import sys; from runbook.speech import Message, speaker; print(speaker('ja')(Message(sys.argv[1])))"
    assert run(installed / "python", "-c", code, str(sentence.id), cwd=tmp_path).rstrip("\n") == sentence.string


def test_an_incident_is_led_from_the_wheel(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUNBOOK_DB", str(tmp_path / "record.db"))
    monkeypatch.setenv("RUNBOOK_ACTOR", "Hanako")
    monkeypatch.setenv("RUNBOOK_LANG", "en")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    empty = tmp_path / "empty"
    empty.mkdir()

    def runbook(*words: str, code: int = 0) -> str:
        return run(installed / "runbook", *words, cwd=empty, code=code)

    assert str(installed.parent) in run(
        installed / "python", "-c", "import runbook; print(runbook.__file__)", cwd=empty
    )
    assert runbook("--version").strip()
    assert "lost-media" in runbook("playbook", "list")
    laws = {law["id"] for law in json.loads(runbook("playbook", "regimes", "--json"))}
    assert laws == {path.stem for path in (ROOT / "playbooks" / "regimes").glob("*.yaml")}

    incident = json.loads(runbook("new", "lost-media", "--title", "Two USB sticks", "--json"))["id"]
    before = json.loads(runbook("status", incident, "--json"))
    first = before["next"][0]
    runbook("step", incident, first, "start")
    runbook("note", incident, "The bag is not in the taxi.")
    after = json.loads(runbook("status", incident, "--json"))

    assert {step["id"]: step["state"] for step in before["steps"]}[first] == "todo"
    assert {step["id"]: step["state"] for step in after["steps"]}[first] == "active"
    assert after["head"]["seq"] == before["head"]["seq"] + 2
    assert [entry["actor"] for entry in json.loads(runbook("log", incident, "--json"))] == ["Hanako"] * after["head"][
        "seq"
    ]
    runbook("verify", incident, "--head", after["head"]["code"])
    for format in ("md", "pdf", "docx"):  # facts are missing, and the guardrails say so: 1
        path = str(tmp_path / f"first.{format}")
        runbook("notice", "draft", incident, "D02", "--lang", "ja", "--format", format, "-o", path, code=1)
    assert "下書き / DRAFT" in (tmp_path / "first.md").read_text("utf-8")
    assert (tmp_path / "first.pdf").read_bytes().startswith(b"%PDF")
    assert zipfile.is_zipfile(tmp_path / "first.docx")
    assert list(empty.iterdir()) == []
