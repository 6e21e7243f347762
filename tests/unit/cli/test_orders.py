"""``paigong orders``: sheets from a plan file, on the terminal, as a page, as PDF."""

import json
from pathlib import Path

import pytest

from optimizer.cli import run
from optimizer.cli.documents import DOCUMENTS
from optimizer.cli.exit_codes import ExitCode
from optimizer.cli.report import ErrorReport
from optimizer.domain.document import PlanDocument
from optimizer.domain.job import Customer
from optimizer.domain.orders import OrderedDay, Orders
from optimizer.interchange.plan_file import load_plan, save_plan
from optimizer.interchange.scenario_text import scenario_yaml
from optimizer.retime import retime
from tests.unit.dispatch_orders.day import needs_chinese_font
from tests.unit.rules.build import DAY, at, branch, job, north, scenario, technician

Output = pytest.CaptureFixture[str]
CUSTOMER = Customer(customer_id="C1", name="邱女士", phone="0731-0000 2019")
QUESTION = scenario(
    [technician(name="吴斌"), technician(technician_id="T2")],
    [
        job(customer=CUSTOMER, parts={"fan motor": 1}, dispatched_at=at("08:30")),
        job(job_id="J2", place=north(9)),
    ],
    branches=[branch(stock={"fan motor": 3})],
)


class Files:
    """A plan file with its scenario beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plan = folder / "plan.json"
        (folder / "test.yaml").write_text(scenario_yaml(QUESTION), encoding="utf-8")
        days = (
            OrderedDay(technician_id="T1", day=DAY, jobs=("J1",)),
            OrderedDay(technician_id="T2", day=DAY, jobs=("J2",)),
        )
        save_plan(retime(QUESTION, Orders(routes=days)), self.plan)

    def orders(self, *options: str) -> int:
        """Make the sheets."""
        return run(["orders", str(self.plan), *options])


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_sheets_are_printed_in_chinese(files: Files, capsys: Output) -> None:
    assert files.orders() == ExitCode.FINE
    said = capsys.readouterr().out
    # J1 lies 6 km north: 600 s from 09:00, so at 09:10; 30 minutes before that nobody is on duty yet.
    assert "派工单 · 吴斌 T1 · 2026年7月15日 周三" in said
    assert "  09:10–10:10  1. J1 维修" in said
    assert "    邱女士 · 0731-0000 2019" in said
    assert "    ☐ 09:00 上岗先致电客户" in said
    assert "派工单 · T2 · " in said
    assert "领料单 · B1 · " in said
    assert "☐ 风扇电机 × 1（领前库存 3，领后库存 2）" in said


def test_sheets_are_printed_in_english(files: Files, capsys: Output) -> None:
    assert files.orders("--language", "en") == ExitCode.FINE
    said = capsys.readouterr().out
    assert "Dispatch order · 吴斌 T1 · Wed 15 Jul 2026" in said
    assert "☐ Call first thing, 09:00" in said


def test_one_technicians_sheet(files: Files, capsys: Output) -> None:
    assert files.orders("--technician", "T2", "--day", "2026-07-15") == ExitCode.FINE
    said = capsys.readouterr().out
    assert "J2" in said
    assert "J1" not in said
    assert "领料单" not in said


def test_unknown_technicians_and_days_are_said_at_once(files: Files, capsys: Output) -> None:
    code = files.orders("--technician", "T3", "--day", "2026-07-16", "--day", "tomorrow")
    assert code == ExitCode.BAD_INPUT
    said = capsys.readouterr().err
    assert "The scenario has no technician 'T3'. Take an id from the scenario." in said
    assert "'2026-07-16' is no planned day. Planned are 2026-07-15." in said
    assert "'tomorrow' is no planned day." in said


def test_page_and_pdf_are_written(files: Files, capsys: Output) -> None:
    needs_chinese_font()
    page, paper = files.folder / "orders.html", files.folder / "orders.pdf"
    assert files.orders("--html", str(page), "--pdf", str(paper)) == ExitCode.FINE
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("wrote ") == 2
    assert "邱女士" in page.read_text(encoding="utf-8")
    assert paper.read_bytes().startswith(b"%PDF-")
    first = paper.read_bytes(), page.read_bytes()
    files.orders("--html", str(page), "--pdf", str(paper))
    assert (paper.read_bytes(), page.read_bytes()) == first


def test_nothing_is_written_when_one_of_them_cannot_be_made(
    files: Files, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIGONG_FONTS", str(files.folder / "missing"))
    page, paper = files.folder / "orders.html", files.folder / "orders.pdf"
    assert files.orders("--html", str(page), "--pdf", str(paper)) == ExitCode.UNSUPPORTED
    assert "PAIGONG_FONTS names" in capsys.readouterr().err
    assert not page.exists()
    assert not paper.exists()


def test_the_plan_itself_is_not_written_over(files: Files, capsys: Output) -> None:
    before = files.plan.read_bytes()
    assert files.orders("--html", str(files.plan)) == ExitCode.BAD_INPUT
    assert files.plan.read_bytes() == before


def changed(files: Files, hour: str) -> None:
    """Move what happens at 09:10 to another hour."""
    document = load_plan(files.plan)
    text = document.model_dump_json().replace("2026-07-15T09:10:00", hour)
    save_plan(PlanDocument.model_validate_json(text), files.plan)


def test_a_plan_that_breaks_a_rule_makes_no_sheets(files: Files, capsys: Output) -> None:
    changed(files, "2026-07-15T08:10:00")
    page = files.folder / "orders.html"
    assert files.orders("--html", str(page)) == ExitCode.WITHHELD
    output = capsys.readouterr()
    assert "The plan breaks hard rules; no dispatch orders are made from it." in output.err
    assert output.out == ""
    assert not page.exists()


def test_programs_are_told_as_json_which_rules_are_broken(files: Files, capsys: Output) -> None:
    changed(files, "2026-07-15T08:10:00")
    assert files.orders("--json") == ExitCode.WITHHELD
    output = capsys.readouterr()
    assert output.out == ""
    issues = ErrorReport.model_validate_json(output.err).issues
    # The drive begins at 09:00 and ends at 08:10.
    assert "PLAN" in {one.code for one in issues}
    assert all(one.cause and one.action for one in issues)


def test_what_the_file_says_of_calls_is_not_believed(files: Files, capsys: Output) -> None:
    document = load_plan(files.plan)
    told = document.assessment.model_copy(update={"findings": (), "desk": ()})
    save_plan(document.model_copy(update={"assessment": told}), files.plan)
    assert files.orders("--json") == ExitCode.FINE
    printed = capsys.readouterr().out
    DOCUMENTS["dispatch-orders"].model_validate_json(printed)
    content = json.loads(printed)
    # J1 was ordered at 08:30: 20 minutes from the desk's opening on are 09:20.
    assert content["sheets"][0]["stops"][0]["owed_call"]["due"] == "2026-07-15T09:20:00+08:00"
    assert content["sheets"][1]["stops"][0]["owed_call"] is None
    assert content["picking_lists"][0]["parts"] == [
        {"part": "fan motor", "pieces": 1, "before": 3, "after": 2}
    ]


def test_customers_text_cannot_steer_the_terminal(tmp_path: Path, capsys: Output) -> None:
    one = job(fault="[red]\x1b[31m" + "长" * 200)
    question = scenario(jobs=[one])
    (tmp_path / "test.yaml").write_text(scenario_yaml(question), encoding="utf-8")
    route = OrderedDay(technician_id="T1", day=DAY, jobs=("J1",))
    save_plan(retime(question, Orders(routes=(route,))), tmp_path / "plan.json")
    assert run(["orders", str(tmp_path / "plan.json")]) == ExitCode.FINE
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "[red]\N{REPLACEMENT CHARACTER}[31m" in said
    assert said.count("长") == 200
