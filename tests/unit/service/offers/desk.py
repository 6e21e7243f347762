"""A published day that new jobs come to, and somebody at the telephone."""

import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from service.studio import Shelf, Studio
from tests.unit.service.boards.day import NEWEST, at
from tests.unit.service.boards.live_day import LiveDay

T = TypeVar("T")


def job(job_id: str = "N1", **more: Any) -> dict[str, Any]:
    """Return a new job near the branch B1; a survey takes 30 minutes."""
    return {
        "job_id": job_id,
        "type": "survey",
        "place": {"lat": 28.215, "lon": 113.0, "address": "9 Lotus Lane"},
        "customer": {"customer_id": f"C-{job_id}", "name": "Xiao Lan", "phone": "555-0123"},
        "branch_id": "B1",
        **more,
    }


def window(start: str, end: str) -> dict[str, str]:
    """Return a window of the day, such as 14:00 to 16:00."""
    return {"start": at(start), "end": at(end)}


class HereAndNow(Studio):
    """Works things out in the test's own process, which is warm; what goes in and out is pickled all the same."""

    def __init__(self) -> None:
        super().__init__(1)
        self.shelf = Shelf()

    def ask(self, work: Callable[..., T], *args: Any, seconds: float, about: str = "") -> T:
        """Have a work done."""
        found: T = pickle.loads(pickle.dumps(work(self.shelf, *pickle.loads(pickle.dumps(args)))))
        return found


@dataclass
class Desk:
    """Somebody at the telephone of a branch."""

    day: LiveDay
    studio: HereAndNow

    def asks(self, job: Mapping[str, Any], **more: Any) -> Any:
        """Ask for offers."""
        return self.day.office.client.post(f"{self.day.board}/offers", json={"job": job, **more})

    def offered(self, job: Mapping[str, Any], **more: Any) -> tuple[str, Any]:
        """Ask for offers that there are; return their address and what they say."""
        answer = self.asks(job, **more)
        assert answer.status_code == 201, answer.text
        return answer.headers["Location"], answer.json()

    def does(self, address: str, verb: str, **chosen: Any) -> Any:
        """Hold, confirm or release."""
        headers = NEWEST if verb == "confirm" else {}
        body = None if verb == "release" else chosen
        return self.day.office.client.post(f"{address}/{verb}", json=body, headers=headers)

    def taken(self, address: str, verb: str, **chosen: Any) -> Any:
        """Hold, confirm or release, which must go well; return what is said."""
        answer = self.does(address, verb, **chosen)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def board(self) -> Any:
        """Return the board as it is shown."""
        return self.day.office.client.get(self.day.board).json()
