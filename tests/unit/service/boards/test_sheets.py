"""Dispatch orders and picking lists of the published plan."""

from tests.unit.service.boards.day import DAY, Office, X, Y
from tests.unit.service.served import key_for


def test_orders_are_those_of_the_published_plan(office: Office) -> None:
    board = office.board()
    assert office.client.get(f"{board}/orders/T1").status_code == 404
    for there_already in ("orders", "orders.html", "orders.pdf", "picking"):  # the board is there, so no 404
        assert office.client.get(f"{board}/{there_already}").status_code == 409
    office.publish(board, office.plan(X))
    office.put(board, office.plan(Y))  # a draft changes nothing of what was published
    sheet = office.client.get(f"{board}/orders/T1").json()
    assert [stop["job_id"] for stop in sheet["stops"]] == ["J1", "J2"]
    assert sheet["stops"][0]["phone"] == "555-J1"
    every = office.client.get(f"{board}/orders").json()
    assert [one["technician_id"] for one in every["sheets"]] == ["T1", "T2"]
    assert every["sheets"][0]["plan_mark"] == office.client.get(board).json()["published"]["plan_mark"]
    assert office.client.get(f"{board}/orders/T3").status_code == 404  # of the other branch
    assert office.client.get(f"{board}/picking").status_code == 404  # nobody takes anything along


def test_orders_are_pages_and_printed_too(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))
    for address in (f"{board}/orders/T1.html", f"{board}/orders.html"):
        page = office.client.get(address, params={"language": "en"})
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "Dispatch order" in page.text
        assert "Mr J1" in page.text
    for address in (f"{board}/orders/T1.pdf", f"{board}/orders.pdf"):
        printed = office.client.get(address, params={"language": "en"})
        assert (printed.headers["Content-Type"], printed.content[:5]) == ("application/pdf", b"%PDF-")
    assert office.client.get(f"{board}/orders/T1.html", params={"language": "fr"}).status_code == 422


def test_technicians_see_their_own_orders_only(office: Office) -> None:
    board = office.board()
    office.publish(board, office.plan(X))
    own = key_for(office.client, "technician", branches=["B1"], technician_id="T1")
    elsewhere = key_for(office.client, "technician", branches=["B2"], technician_id="T1")
    viewer = key_for(office.client, "viewer")
    found = {
        f"{who}{ending}": office.client.get(f"{board}/orders/{who}{ending}", headers=own).status_code
        for who in ("T1", "T2")
        for ending in ("", ".html", ".pdf")
    }
    assert found == {"T1": 200, "T1.html": 200, "T1.pdf": 200, "T2": 404, "T2.html": 404, "T2.pdf": 404}
    for address in ("orders", "orders.html", "orders.pdf", "picking"):
        assert office.client.get(f"{board}/{address}", headers=own).status_code == 403
    assert office.client.get(f"{board}/orders/T1", headers=elsewhere).status_code == 404
    assert office.client.get(f"{board}/orders/T1", headers=viewer).status_code == 403
    mine = office.client.get("/orders/mine", params={"day": DAY}, headers=own)
    assert [stop["job_id"] for stop in mine.json()["stops"]] == ["J1", "J2"]
    assert mine.headers["Cache-Control"] == "no-store"
    page = office.client.get("/orders/mine.html", params={"day": DAY, "language": "en"}, headers=own)
    assert "J1 street" in page.text
    for day, key in ((DAY, elsewhere), ("2026-07-16", own), (DAY, key_for(office.client, "manager"))):
        assert office.client.get("/orders/mine", params={"day": day}, headers=key).status_code == 404


def test_the_picking_list_is_the_branchs(office: Office) -> None:
    jobs = tuple(
        job.model_copy(update={"parts": {"fan": 2}}) if job.job_id in ("J1", "K1") else job
        for job in office.scenario.jobs
    )
    branches = tuple(one.model_copy(update={"stock": {"fan": 5}}) for one in office.scenario.branches)
    office.scenario = office.scenario.model_copy(update={"jobs": jobs, "branches": branches})
    answer = office.client.put(
        f"/scenarios/{office.scenario_id}/content",
        json=office.scenario.model_dump(mode="json"),
        headers={"If-Match": '"1"'},
    )
    assert answer.json()["revision"] == 2
    board = office.board()
    office.publish(board, office.plan(X, revision=2))
    picking = office.client.get(f"{board}/picking").json()
    assert picking["branch_id"] == "B1"
    assert picking["parts"] == [{"part": "fan", "pieces": 2, "before": 5, "after": 3}]
    assert [one["technician_id"] for one in picking["handouts"]] == ["T1"]
