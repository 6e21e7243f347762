from optimizer.domain.job import Customer, Job
from optimizer.domain.ties import After
from optimizer.rules.one_place import at_one_place
from tests.unit.rules.build import job, north, scenario


def mine(job_id: str, *after: str, customer_id: str = "C", km: float = 6) -> Job:
    ties = tuple(After(job_id=first) for first in after)
    return job(job_id=job_id, customer=Customer(customer_id=customer_id), place=north(km), after=ties)


def test_the_same_customer_at_the_same_place() -> None:
    of = scenario(jobs=(mine("A"), mine("B"), mine("C", customer_id="D"), mine("E", km=7), job(job_id="F")))
    assert list(at_one_place(of, 10)) == [("A", "B")]


def test_a_chain_ties_them_already_however_long() -> None:
    elsewhere = mine("B", "A", km=9)
    of = scenario(jobs=(mine("A"), elsewhere, mine("C", "B"), mine("D")))
    assert list(at_one_place(of, 10)) == [("A", "D"), ("C", "D")]


def test_a_site_where_several_people_work() -> None:
    of = scenario(jobs=[mine(name) for name in "ABC"])
    assert len(list(at_one_place(of, 3))) == 3
    assert list(at_one_place(of, 2)) == []
