"""What the terminal calls people, places and work: a technician with the id, a branch with the word for it."""

from optimizer.cli.words import plain
from optimizer.domain.job import Job
from optimizer.domain.place import Place
from optimizer.words.plan_book import PlanBook


def technician_named(book: PlanBook, technician_id: str) -> str:
    """Say who, e.g. ``T07 王强``."""
    known = book.technicians.get(technician_id)
    return plain(f"{technician_id} {known.name if known else ''}".rstrip())


def place_named(book: PlanBook, name: str) -> str:
    """Say a place name in words, e.g. ``branch Furong``."""
    kind, _, rest = name.partition(":")
    match book.place_kind(name):
        case "branch":
            return plain(f"branch {book.branch_name(rest)}")
        case "home":
            return "home"
        case "elsewhere":
            place = book.places.get(name)
            return kind if place is None else spot(place)


def spot(place: Place) -> str:
    """Say where a place is: its address, else its coordinates."""
    return plain(place.address) if place.address else f"{place.lat:.4f}, {place.lon:.4f}"


def work(job: Job | None) -> str:
    """Say what a job is, e.g. ``repair/aircon ×2``."""
    if job is None:
        return ""
    product = f"/{job.product}" if job.product else ""
    units = f" ×{job.units}" if job.units > 1 else ""
    return plain(f"{job.type}{product}{units}")
