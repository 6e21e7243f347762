"""The example that a new workbook holds: small, and plannable as it is."""

from datetime import date, datetime, time, timedelta, timezone

from optimizer.domain.branch import Branch
from optimizer.domain.job import Customer, Job
from optimizer.domain.place import Place
from optimizer.domain.policy import Policy
from optimizer.domain.scenario import Scenario
from optimizer.domain.technician import Certificate, Shift, Technician
from optimizer.domain.time import Horizon, Window
from optimizer.words.language import Language, Words

DAY = date(2026, 7, 15)
_BEIJING = timezone(timedelta(hours=8))


def example(language: Language) -> Scenario:
    """Return a small day in Changsha: two branches, three technicians, five jobs.

    Parameters
    ----------
    language : language of names and addresses
    """

    def say(en: str, zh: str) -> str:
        return Words(en=en, zh=zh)[language]

    branches = (
        Branch(
            branch_id="shop",
            name=say("Furong shop", "芙蓉门店"),
            place=Place(lat=28.1979, lon=112.9951, address=say("389 Wuyi Avenue", "五一大道 389 号")),
            hotline="0731-5550100",
            stock={"fan motor": 3, "run capacitor": 10},
        ),
        Branch(
            branch_id="west",
            name=say("Yuelu branch", "岳麓网点"),
            place=Place(lat=28.2110, lon=112.9094, address=say("608 Fenglin 3rd Road", "枫林三路 608 号")),
            hotline="0731-5550200",
            stock={"run capacitor": 5},
        ),
    )
    technicians = (
        Technician(
            technician_id="wang",
            name=say("Wang Qiang", "王强"),
            branch_id="shop",
            skills={"repair/aircon": 3, "survey": 2},
            kits=("repairer",),
            shifts=(Shift(day=DAY, start=time(8), end=time(17)),),
        ),
        Technician(
            technician_id="li",
            name=say("Li Hua", "李华"),
            branch_id="west",
            skills={"installation/aircon": 4, "repair/aircon": 2},
            level=4,
            certificates=(
                Certificate(name="welding", valid_from=date(2024, 3, 1), valid_until=date(2030, 2, 28)),
            ),
            kits=("installer", "repairer"),
            shifts=(Shift(day=DAY),),
        ),
        Technician(
            technician_id="zhou",
            name=say("Zhou Min", "周敏"),
            branch_id="shop",
            skills={"repair/aircon": 4},
            kits=("repairer",),
            parts={"fan motor": 1},
            means="motorcycle",
            shifts=(Shift(day=DAY, start=time(9, 30), end=time(18, 30)),),
        ),
    )
    return Scenario(
        name=say("my-day", "示例"),
        story=say("An example: write your own day over it.", "示例：请改成自己的数据。"),
        horizon=Horizon(first_day=DAY),
        now=_at(7, 30),
        branches=branches,
        technicians=technicians,
        jobs=_jobs(language),
        policy=Policy(),
    )


def _jobs(language: Language) -> tuple[Job, ...]:
    def say(en: str, zh: str) -> str:
        return Words(en=en, zh=zh)[language]

    return (
        Job(
            job_id="J1",
            type="repair",
            product="aircon",
            customer=Customer(customer_id="C1", name=say("Ms Li", "李女士"), phone="555-0101"),
            place=Place(lat=28.2200, lon=113.0200, address=say("1 Furong Road", "芙蓉路 1 号")),
            fault=say("does not cool", "不制冷"),
            windows=(Window(start=_at(14), end=_at(16)),),
            intake_at=_at(7, 10),
        ),
        Job(
            job_id="J2",
            type="repair",
            product="aircon",
            customer=Customer(
                customer_id="C2", name=say("Riverside Hotel", "江畔酒店"), phone="555-0102", key_customer=True
            ),
            place=Place(lat=28.1700, lon=112.9800, address=say("20 Xiangjiang Road", "湘江路 20 号")),
            fault=say("fan makes noise", "风机异响"),
            priority="vip",
            parts={"fan motor": 1},
        ),
        Job(
            job_id="J3",
            type="installation",
            product="aircon",
            place=Place(lat=28.2050, lon=112.9300, address=say("88 Yuelu Avenue", "岳麓大道 88 号")),
            fault=say("two split units", "两台挂机"),
            units=2,
            windows=(Window(start=_at(9), end=_at(11, 30)),),
        ),
        Job(
            job_id="J4",
            type="repair",
            product="aircon",
            place=Place(lat=28.1880, lon=113.0310, address=say("5 Wanjiali Road", "万家丽路 5 号")),
            fault=say("water drips", "漏水"),
            wishes=say("please ring twice", "请按两次门铃"),
            priority="flexible",
        ),
        Job(
            job_id="J5",
            type="survey",
            place=Place(lat=28.2120, lon=112.9990, address=say("12 Shaoshan Road", "韶山路 12 号")),
            fault=say("measure for three units", "勘察三台机位"),
        ),
    )


def _at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(DAY, time(hour, minute), tzinfo=_BEIJING)
