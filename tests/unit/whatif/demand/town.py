"""A small scenario with a demand model, for the tests of this folder."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from optimizer.domain.branch import Branch
from optimizer.domain.demand_chances import Appointments, WindowShape
from optimizer.domain.demand_model import DemandModel, DemandSource, ProductMix
from optimizer.domain.job import Job, SiteFacts
from optimizer.domain.place import Place
from optimizer.domain.scenario import Scenario
from optimizer.domain.time import Horizon

MONDAY = date(2026, 7, 13)
HERE = Place(lat=28.2, lon=113.0)

JOBS = (
    Job(
        job_id="R1",
        type="repair",
        product="aircon",
        place=HERE,
        area="East",
        parts={"run capacitor": 1},
        priority="vip",
        intake_at=datetime(2026, 7, 13, 8, tzinfo=ZoneInfo("Asia/Shanghai")),
    ),
    Job(job_id="R2", type="repair", product="aircon", place=Place(lat=28.1, lon=112.9), area="West"),
    Job(
        job_id="I1",
        type="installation",
        product="aircon",
        place=HERE,
        area="East",
        units=2,
        site=SiteFacts(power_supply_fit=False, working_height_m=9, outdoor_unit_floor=3),
    ),
    Job(job_id="C1", type="complaint", product="aircon", place=HERE, area="East", complaint="complaint"),
)

TOWN = Scenario(
    name="town",
    horizon=Horizon(first_day=MONDAY),
    branches=(Branch(branch_id="B1", place=HERE),),
    technicians=(),
    jobs=JOBS,
)

MODEL = DemandModel(
    sources=(
        DemandSource(area="East", product="aircon", units=20_000, failures_per_day=0.001),
        DemandSource(area="West", product="aircon", units=5_000, failures_per_day=0.001),
    ),
    mixes=(ProductMix(product="aircon", types={"repair": 60, "installation": 30, "complaint": 10}),),
    appointments=Appointments(
        share=0.8,
        shapes=(
            WindowShape(start=time(9), end=time(11)),
            WindowShape(start=time(13), end=time(17, 30), weight=2),
        ),
    ),
)
"""25 reports a day in the mean: 20 in the east, 5 in the west."""
