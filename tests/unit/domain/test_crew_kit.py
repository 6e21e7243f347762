"""Of a crew each tool is brought once, and certificates by whom they belong to."""

from datetime import timedelta

from optimizer.domain.crew_kit import brought_tools, held_certificates
from optimizer.domain.policy import Policy
from optimizer.domain.technician import Certificate
from tests.unit.rules.build import DAY, technician

POLICY = Policy(kits={"box": ("saw",)})


def test_alone_all_tools_are_brought() -> None:
    # Whether somebody has them is another rule's matter.
    assert brought_tools(("saw", "rope"), (technician(kits=("box",)),), 0, POLICY) == ("saw", "rope")


def test_in_a_crew_the_first_who_has_a_tool_brings_it() -> None:
    crew = (technician(kits=("box",)), technician(kits=("box",), tools=("rope",)), technician(kits=()))
    assert [brought_tools(("saw", "rope"), crew, seat, POLICY) for seat in range(3)] == [
        ("saw",),
        ("rope",),
        (),
    ]


def test_in_a_crew_certificates_are_carried_while_they_are_valid() -> None:
    over = Certificate(name="welding", valid_until=DAY - timedelta(days=1))
    crew = (technician(certificates=(over,)), technician(certificates=(Certificate(name="welding"),)))
    assert [held_certificates(("welding",), crew, seat, DAY) for seat in range(2)] == [(), ("welding",)]
    assert held_certificates(("welding",), crew[:1], 0, DAY) == ("welding",)
