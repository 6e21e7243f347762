"""A window of offers is held, let go, confirmed; the plan with the job is published."""

from datetime import datetime
from typing import Any

from optimizer.domain.job import Job
from optimizer.interchange.scenario_text import scenario_json
from service.store import tables
from service.store.retention import sweep
from tests.unit.service.boards.day import NEWEST, Y, at
from tests.unit.service.offers.desk import Desk, job, window

LATE = window("17:00", "17:20")
"""Each technician has room for one survey in it: the second would begin after 17:30."""
GONE = (409, "/problems/offer-gone")


def late(desk: Desk, job_id: str) -> tuple[str, Any]:
    """Ask for the late window alone."""
    return desk.offered(job(job_id), slots=[LATE])


def said(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"]


def test_a_confirmed_window_is_published_with_the_job(desk: Desk) -> None:
    client, before = desk.day.office.client, desk.board()
    address, found = desk.offered(job())
    chosen = found["offers"][2]
    board = desk.taken(address, "confirm", window=chosen["window"])
    view = desk.board()
    assert board["version"] == before["board"]["version"] + 1
    plan_id = board["published_plan_id"]
    assert view["published"]["plan_id"] == plan_id
    publication = board["publication"]
    assert (publication["offers_id"], publication["proposals_id"]) == (found["offers_id"], None)
    assert (publication["knows"], publication["as_of"]) == (1, at("08:30"))
    stops = {
        stop["job_id"]: (shift["technician_id"], stop["start"])
        for shift in view["published"]["shifts"]
        for stop in shift["stops"]
    }
    assert stops["N1"] == (chosen["visits"][0]["technician_id"], chosen["visits"][0]["start"])
    (told,) = view["told"]
    assert (told["job_id"], told["window"], told["told"]) == ("N1", chosen["window"], True)
    (happened,) = view["happened"]
    assert happened["event"]["kind"] == "new_job"
    assert happened["event"]["job"]["windows"] == [chosen["window"]]
    sheet = client.get(f"{desk.day.board}/orders/{stops['N1'][0]}").json()
    assert "N1" in str(sheet)
    messages = client.get(f"{desk.day.board}/messages").json()["publications"][0]
    assert messages["customers"] == []  # N1's was told on the telephone, nobody else is moved
    assert [(one["job_id"], one["change"]) for one in messages["technicians"]] == [("N1", "added")]
    entry = client.get(f"{desk.day.board}/entries").json()["entries"][0]
    assert (entry["kind"], entry["data"]["offers_id"]) == ("confirmed", found["offers_id"])
    after = client.get(address).json()
    assert (after["state"], after["confirmed_plan_id"]) == ("confirmed", plan_id)
    assert client.get(f"/scenarios/{desk.day.office.scenario_id}").json()["revision"] == 1


def test_the_plan_passes_the_checker_and_its_bill_is_what_was_offered(desk: Desk) -> None:
    client = desk.day.office.client
    address, found = desk.offered(job())
    chosen = found["offers"][0]
    desk.taken(address, "confirm", window=chosen["window"], technician_id="T1")
    plan_id = desk.board()["board"]["published_plan_id"]
    content = client.get(f"/plans/{plan_id}/content").json()
    with desk.day.office.backend.store.read() as tx:
        revision = tx.get_one(tables.Plan, plan_id).revision
    asked = {"scenario_id": desk.day.office.scenario_id, "revision": revision, "document": content}
    checked = client.post("/plans/check", json=asked).json()
    assert (checked["sound"], checked["differences"]) == (True, [])
    bill = client.get(f"/plans/{plan_id}/bill").json()
    assert sum(line["cents"] for line in bill["lines"]) == bill["total_cents"]
    (by_t1,) = (one for one in chosen["further"] if one["technician_id"] == "T1")
    assert bill["total_cents"] == chosen["bill"]["old_cents"] + by_t1["added_cents"]
    assert desk.board()["told"][0]["technician_id"] == "T1"


def test_the_last_room_is_held_for_one(desk: Desk) -> None:
    callers = [late(desk, f"N{number}")[0] for number in range(3)]
    held = [desk.taken(address, "hold", window=LATE)["hold"] for address in callers[:2]]
    assert [one["technician_id"] for one in held] == ["T2", "T1"]  # T2 is cheaper, then nobody is left but T1
    assert said(desk.does(callers[2], "hold", window=LATE)) == GONE
    assert said(desk.does(callers[2], "confirm", window=LATE)) == GONE
    assert late(desk, "N4")[1]["offers"] == []  # what is held is not offered


def test_who_was_named_comes_or_nobody(desk: Desk) -> None:
    first, second = (late(desk, name)[0] for name in ("N1", "N2"))
    held = desk.taken(first, "hold", window=LATE, technician_id="T2")["hold"]
    assert (held["technician_id"], held["until"]) == ("T2", at("08:40"))
    assert said(desk.does(second, "hold", window=LATE, technician_id="T2")) == GONE
    assert desk.taken(second, "hold", window=LATE)["hold"]["technician_id"] == "T1"


def test_what_is_let_go_is_free_for_others(desk: Desk) -> None:
    callers = [late(desk, f"N{number}")[0] for number in range(3)]
    for address in callers[:2]:
        desk.taken(address, "hold", window=LATE)
    released = desk.taken(callers[0], "release")
    assert (released["state"], released["hold"]) == ("open", None)
    assert desk.taken(callers[0], "release")["state"] == "open"  # again, which does nothing
    assert desk.taken(callers[2], "hold", window=LATE)["state"] == "held"
    assert said(desk.does(callers[0], "confirm")) == GONE  # what was let go is not held


def test_a_hold_that_has_ended_counts_no_more(desk: Desk) -> None:
    callers = [late(desk, f"N{number}")[0] for number in range(3)]
    for address in callers[:2]:
        desk.taken(address, "hold", window=LATE)
    desk.day.it_is("08:39")
    assert desk.taken(callers[1], "hold", window=LATE)["hold"]["until"] == at("08:49")  # held for longer
    assert said(desk.does(callers[2], "hold", window=LATE)) == GONE
    desk.day.it_is("08:40")  # ten minutes are over
    assert desk.day.office.client.get(callers[0]).json()["state"] == "open"
    refused = desk.does(callers[0], "confirm")
    assert said(refused) == GONE
    assert "The hold has ended" in refused.json()["detail"]
    assert desk.taken(callers[2], "hold", window=LATE)["state"] == "held"
    assert said(desk.does(callers[0], "hold", window=LATE)) == GONE  # somebody else has it now
    assert desk.taken(callers[1], "confirm")["state"] == "published"  # its hold goes on until 08:49


def test_offers_that_have_ended_are_asked_for_again(desk: Desk) -> None:
    (held, _), (other, _) = late(desk, "N1"), late(desk, "N2")
    desk.day.it_is("08:59")
    desk.taken(held, "hold", window=LATE)
    desk.day.it_is("09:00")  # half an hour is over
    for verb in ("hold", "confirm"):
        refused = desk.does(other, verb, window=LATE)
        assert said(refused) == GONE
        assert "The offers have ended" in refused.json()["detail"]
    assert desk.day.office.client.get(other).json()["state"] == "expired"
    assert desk.taken(held, "confirm")["state"] == "published"  # what is held outlives its offers


def test_a_confirmed_job_leaves_room_for_what_others_hold(desk: Desk) -> None:
    slots = [window("15:00", "16:00")]
    callers = [desk.offered(job(f"N{n}"), slots=slots)[0] for n in range(3)]
    for address in callers[:2]:  # one behind the other: half an hour each
        desk.taken(address, "hold", window=slots[0], technician_id="T2")
    desk.taken(callers[1], "confirm")
    view = desk.board()
    published = {stop["job_id"] for shift in view["published"]["shifts"] for stop in shift["stops"]}
    assert {"N1"} == published & {"N0", "N1", "N2"}  # what is only held is not published
    page = desk.day.office.client.get(f"{desk.day.board}/offers").json()["offers"]
    assert {one["job_id"]: one["state"] for one in page} == {"N0": "held", "N1": "confirmed", "N2": "open"}
    desk.taken(callers[0], "confirm")
    published = desk.board()["published"]["shifts"]
    assert {"N0", "N1"} <= {
        stop["job_id"] for shift in published for stop in shift["stops"] if shift["technician_id"] == "T2"
    }


def test_after_another_publication_a_window_is_looked_at_again(desk: Desk) -> None:
    address, found = desk.offered(job())
    chosen = found["offers"][0]["window"]
    desk.taken(address, "hold", window=chosen)
    desk.day.office.publish(desk.day.board, desk.day.office.plan(Y))
    board = desk.taken(address, "confirm")
    shifts = desk.board()["published"]["shifts"]
    jobs = {stop["job_id"]: shift["technician_id"] for shift in shifts for stop in shift["stops"]}
    assert (jobs["J3"], jobs["J1"]) == ("T1", "T2")  # as in the plan that was published meanwhile
    assert "N1" in jobs
    assert board["publication"]["offers_id"] == found["offers_id"]


def test_what_the_newer_plan_has_no_room_for_is_gone(desk: Desk) -> None:
    address, _ = late(desk, "N1")
    desk.taken(address, "hold", window=LATE, technician_id="T2")
    desk.day.happens(kind="call_off", technician_id="T2")
    _, found = desk.day.proposals()
    replanned, plan_id = (
        f"{desk.day.board}/proposals/{found['proposals_id']}",
        found["proposals"][0]["plan_id"],
    )
    assert desk.day.publish(replanned, plan_id).status_code == 200
    refused = desk.does(address, "confirm")
    assert said(refused) == GONE
    assert "T2 has no room for N1" in refused.json()["detail"]


def test_what_is_wrong_with_a_choice_is_said(desk: Desk) -> None:
    address, found = desk.offered(job())
    chosen = found["offers"][0]["window"]
    wrong = desk.does(address, "hold", window=window("09:00", "12:00"))
    assert (wrong.status_code, [one["pointer"] for one in wrong.json()["issues"]]) == (422, ["/window"])
    nobody = desk.does(address, "hold", window=chosen, technician_id="T3")
    assert [(one["pointer"], one["action"]) for one in nobody.json()["issues"]] == [
        ("/technician_id", "It can be T2, T1.")
    ]
    assert desk.does(address, "confirm", technician_id="T1").status_code == 422
    assert said(desk.does(address, "confirm")) == GONE  # nothing is held
    assert desk.does(f"{desk.day.board}/offers/ofr_x", "hold", window=chosen).status_code == 404


def test_an_offer_is_confirmed_once_and_in_the_version_it_was_decided_on(desk: Desk) -> None:
    client = desk.day.office.client
    address, found = desk.offered(job())
    chosen = {"window": found["offers"][0]["window"]}
    assert client.post(f"{address}/confirm", json=chosen).status_code == 428
    desk.day.happens(kind="contacted", job_id="J1")
    stale = client.post(f"{address}/confirm", json=chosen, headers={"If-Match": '"4"'})
    assert stale.status_code == 412
    key = {"Idempotency-Key": "yes", **NEWEST}
    answers = [client.post(f"{address}/confirm", json=chosen, headers=key) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    again = desk.does(address, "confirm", **chosen)
    assert said(again) == (409, "/problems/conflict")
    assert desk.does(address, "hold", **chosen).status_code == 409
    assert [one["event"]["kind"] for one in desk.board()["happened"]] == ["contacted", "new_job"]


def test_one_job_is_promised_one_window(desk: Desk) -> None:
    """Asked for twice, as two clerks may, a job can be held once."""
    first, second = desk.offered(job())[0], desk.offered(job())[0]
    chosen = window("13:00", "15:00")
    desk.taken(first, "hold", window=chosen)
    refused = desk.does(second, "hold", window=window("15:00", "17:00"))
    assert said(refused) == GONE
    assert "has a job 'N1' already" in refused.json()["detail"]
    desk.taken(first, "hold", window=window("15:00", "17:00"))  # another window instead
    assert desk.day.office.client.get(first).json()["hold"]["window"] == window("15:00", "17:00")


def test_an_undone_confirmation_leaves_the_job_to_be_planned(desk: Desk) -> None:
    client = desk.day.office.client
    address, found = desk.offered(job())
    chosen = found["offers"][0]["window"]
    desk.taken(address, "confirm", window=chosen)
    undone = client.post(f"{desk.day.board}/undo", headers=NEWEST)
    assert undone.status_code == 200, undone.text
    _, proposals = desk.day.proposals()
    plan_id = proposals["proposals"][0]["plan_id"]
    shifts = client.get(f"/plans/{plan_id}/timetable").json()["shifts"]
    (start,) = (stop["start"] for one in shifts for stop in one["stops"] if stop["job_id"] == "N1")
    first, start, last = (datetime.fromisoformat(one) for one in (chosen["start"], start, chosen["end"]))
    assert first <= start <= last  # the promised window is the job's own


def test_a_running_day_goes_on_with_the_job(desk: Desk) -> None:
    """What was confirmed is reported on, planned again and offered around as any other job."""
    address, _ = desk.offered(job())
    desk.taken(address, "confirm", window=window("11:00", "13:00"), technician_id="T2")
    desk.day.it_is("10:00")
    desk.day.happens(kind="finished", job_id="J3")
    second = desk.offered(job("N2"), slots=[window("11:00", "13:00")])[0]
    desk.taken(second, "confirm", window=window("11:00", "13:00"), technician_id="T2")
    desk.day.it_is("10:30")
    desk.day.happens(kind="call_off", technician_id="T2")
    _, found = desk.day.proposals()
    shifts = desk.day.office.client.get(f"/plans/{found['proposals'][0]['plan_id']}/timetable").json()
    jobs = {stop["job_id"]: one["technician_id"] for one in shifts["shifts"] for stop in one["stops"]}
    assert (jobs["N1"], jobs["N2"]) == ("T1", "T1")


def test_a_draft_from_before_is_taken_off(desk: Desk) -> None:
    desk.day.office.put(desk.day.board, desk.day.office.plan(Y))
    address, found = desk.offered(job())
    desk.taken(address, "confirm", window=found["offers"][0]["window"])
    assert desk.board()["board"]["draft_plan_id"] is None


def test_a_draft_that_knows_nothing_of_the_promise_is_not_published(desk: Desk) -> None:
    client, office = desk.day.office.client, desk.day.office
    address, found = desk.offered(job())
    desk.taken(address, "confirm", window=found["offers"][0]["window"])
    office.put(desk.day.board, office.plan(Y))
    assert client.post(f"{desk.day.board}/approve", headers=NEWEST).status_code == 200
    refused = client.post(f"{desk.day.board}/publish", headers=NEWEST)
    assert said(refused) == (409, "/problems/conflict")
    assert refused.json()["detail"].startswith("N1 came in on the day and was promised a time")
    desk.day.happens(kind="cancelled", job_id="N1")
    assert client.post(f"{desk.day.board}/publish", headers=NEWEST).status_code == 200


def test_a_hold_outlives_the_sweep_of_its_offers(desk: Desk) -> None:
    backend = desk.day.office.backend
    address, _ = late(desk, "N1")
    desk.day.it_is("08:59")
    desk.taken(address, "hold", window=LATE)  # until 09:09; the offers end at 09:00
    for clock, status in (("10:08", 200), ("10:10", 404)):
        now = datetime.fromisoformat(at(clock))
        sweep(backend.store, backend.settings.model_copy(update={"keep_offers_h": 1}), now)
        assert desk.day.office.client.get(address).status_code == status


def test_a_promised_job_that_the_draft_gives_to_another_branch_is_known_to_it(desk: Desk) -> None:
    client, office = desk.day.office.client, desk.day.office
    address, found = desk.offered(job())
    desk.taken(address, "confirm", window=found["offers"][0]["window"])
    new = Job.model_validate(job(branch_id="B2"))
    office.scenario = office.scenario.model_copy(update={"jobs": (*office.scenario.jobs, new)})
    sent = client.put(
        f"/scenarios/{office.scenario_id}/content",
        content=scenario_json(office.scenario),
        headers={**NEWEST, "Content-Type": "application/json"},
    )
    assert sent.status_code == 200, sent.text
    revision = client.get(f"/scenarios/{office.scenario_id}").json()["revision"]
    office.put(desk.day.board, office.plan({**Y, "T3": ("K2", "N1")}, revision))
    assert client.post(f"{desk.day.board}/approve", headers=NEWEST).status_code == 200
    published = client.post(f"{desk.day.board}/publish", headers=NEWEST)
    assert published.status_code == 200, published.text
