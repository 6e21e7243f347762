"""`python -m benchmarks <subcommand>`: the benchmarks of Paigong."""

import argparse
from collections.abc import Callable
from typing import Final, NamedTuple

from benchmarks import (
    first_plan,
    hhcrsp,
    offers,
    preview,
    replan,
    run_days,
    sampling,
    staffing,
    tied_days,
    week,
)


class Subcommand(NamedTuple):
    """One benchmark."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    main: Callable[[argparse.Namespace], None]


SUBCOMMANDS: Final = (
    Subcommand("days", "field-service days against the open solvers", run_days.add_arguments, run_days.main),
    Subcommand(
        "first-plan",
        "seconds to a first plan and peak memory",
        first_plan.add_arguments,
        first_plan.main,
    ),
    Subcommand(
        "tied",
        "days with crews, shared tools and chains",
        tied_days.add_arguments,
        tied_days.main,
    ),
    Subcommand(
        "hhcrsp",
        "home health care with double services against the best published values",
        hhcrsp.add_arguments,
        hhcrsp.main,
    ),
    Subcommand(
        "week",
        "a week planned at once against its days planned one after another",
        week.add_arguments,
        week.main,
    ),
    Subcommand(
        "replan",
        "seconds to a first plan and a short list after call-offs, and what stability costs",
        replan.add_arguments,
        replan.main,
    ),
    Subcommand(
        "preview",
        "milliseconds until a dispatcher sees what a move would mean",
        preview.add_arguments,
        preview.main,
    ),
    Subcommand(
        "offers",
        "milliseconds until a customer is told when somebody could come",
        offers.add_arguments,
        offers.main,
    ),
    Subcommand(
        "staffing",
        "the fewest people of made-up branches who meet a target on days kept back",
        staffing.add_arguments,
        staffing.smallest,
    ),
    Subcommand(
        "one-more",
        "what one more of something is worth at made-up branches, from days kept back",
        staffing.add_arguments,
        staffing.one_more,
    ),
    Subcommand(
        "sampling",
        "days a study simulates in a minute, in processes and on Dask workers",
        sampling.add_arguments,
        sampling.main,
    ),
)
"""Every benchmark; a new one is one line here."""


def main() -> None:
    """Run the benchmark named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The benchmarks of Paigong.")
    chosen = parser.add_subparsers(dest="name", required=True)
    for subcommand in SUBCOMMANDS:
        own = chosen.add_parser(subcommand.name, help=subcommand.summary, description=subcommand.summary)
        subcommand.add_arguments(own)
        own.set_defaults(main=subcommand.main)
    options = parser.parse_args()
    options.main(options)


if __name__ == "__main__":
    main()
