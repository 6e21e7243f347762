"""Real Chinese cities, of which a generated scenario can be made."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final, NamedTuple

from optimizer.domain.place import Place
from optimizer.errors import InvalidInput, Issue


class City(NamedTuple):
    """A city: where its middle is and how large it is."""

    name: str
    """Name in Latin letters; also the name of its area."""
    chinese: str
    """Name in Chinese."""
    province: str
    """Province, region or municipality."""
    lat: float
    """Latitude of the middle in degrees, WGS-84."""
    lon: float
    """Longitude of the middle in degrees, WGS-84."""
    weight: float
    """People in the built-up area in millions, rounded: what jobs and technicians are shared out by."""

    @property
    def place(self) -> Place:
        """The middle of the city."""
        return Place(lat=self.lat, lon=self.lon)


CITIES: Final = (
    City("Beijing", "北京", "Beijing", 39.905, 116.397, 18.0),
    City("Tianjin", "天津", "Tianjin", 39.125, 117.195, 10.0),
    City("Shijiazhuang", "石家庄", "Hebei", 38.043, 114.510, 4.5),
    City("Tangshan", "唐山", "Hebei", 39.631, 118.180, 2.5),
    City("Baoding", "保定", "Hebei", 38.874, 115.465, 2.0),
    City("Taiyuan", "太原", "Shanxi", 37.870, 112.550, 4.0),
    City("Hohhot", "呼和浩特", "Inner Mongolia", 40.842, 111.750, 2.5),
    City("Shenyang", "沈阳", "Liaoning", 41.802, 123.430, 6.5),
    City("Dalian", "大连", "Liaoning", 38.914, 121.615, 4.5),
    City("Changchun", "长春", "Jilin", 43.880, 125.323, 4.5),
    City("Harbin", "哈尔滨", "Heilongjiang", 45.757, 126.642, 5.0),
    City("Shanghai", "上海", "Shanghai", 31.231, 121.473, 21.0),
    City("Nanjing", "南京", "Jiangsu", 32.060, 118.796, 7.5),
    City("Suzhou", "苏州", "Jiangsu", 31.299, 120.585, 6.0),
    City("Wuxi", "无锡", "Jiangsu", 31.570, 120.302, 4.0),
    City("Hangzhou", "杭州", "Zhejiang", 30.274, 120.155, 10.0),
    City("Ningbo", "宁波", "Zhejiang", 29.874, 121.550, 4.0),
    City("Hefei", "合肥", "Anhui", 31.821, 117.227, 5.5),
    City("Fuzhou", "福州", "Fujian", 26.075, 119.297, 4.0),
    City("Xiamen", "厦门", "Fujian", 24.480, 118.089, 4.5),
    City("Nanchang", "南昌", "Jiangxi", 28.683, 115.858, 4.0),
    City("Jinan", "济南", "Shandong", 36.651, 117.120, 6.0),
    City("Qingdao", "青岛", "Shandong", 36.067, 120.383, 6.0),
    City("Dezhou", "德州", "Shandong", 37.436, 116.359, 0.8),
    City("Zhengzhou", "郑州", "Henan", 34.747, 113.625, 8.0),
    City("Luoyang", "洛阳", "Henan", 34.620, 112.454, 2.5),
    City("Wuhan", "武汉", "Hubei", 30.593, 114.305, 10.5),
    City("Changsha", "长沙", "Hunan", 28.196, 112.971, 6.0),
    City("Zhuzhou", "株洲", "Hunan", 27.828, 113.134, 1.5),
    City("Xiangtan", "湘潭", "Hunan", 27.830, 112.944, 1.0),
    City("Guangzhou", "广州", "Guangdong", 23.129, 113.264, 15.0),
    City("Shenzhen", "深圳", "Guangdong", 22.543, 114.058, 17.0),
    City("Foshan", "佛山", "Guangdong", 23.022, 113.122, 7.0),
    City("Dongguan", "东莞", "Guangdong", 23.021, 113.752, 8.0),
    City("Nanning", "南宁", "Guangxi", 22.817, 108.366, 4.5),
    City("Haikou", "海口", "Hainan", 20.044, 110.199, 2.0),
    City("Chongqing", "重庆", "Chongqing", 29.563, 106.551, 10.0),
    City("Chengdu", "成都", "Sichuan", 30.657, 104.066, 13.0),
    City("Guiyang", "贵阳", "Guizhou", 26.647, 106.630, 4.0),
    City("Kunming", "昆明", "Yunnan", 25.042, 102.712, 4.5),
    City("Xi'an", "西安", "Shaanxi", 34.265, 108.954, 9.0),
    City("Lanzhou", "兰州", "Gansu", 36.061, 103.834, 3.0),
    City("Urumqi", "乌鲁木齐", "Xinjiang", 43.825, 87.617, 3.5),
)
"""The cities by province, from north to south; middles good to about two kilometres, weights to a quarter."""


def find_cities(names: Sequence[str]) -> tuple[City, ...]:
    """Return the cities with these names, in Latin letters of any case or in Chinese, in the order asked for.

    Parameters
    ----------
    names : names of cities

    Raises
    ------
    InvalidInput
        A name is unknown or comes twice; all such are named.
    """
    known = _spellings()
    found: list[City] = []
    issues: list[Issue] = []
    for row, name in enumerate(names):
        city = known.get(name.strip().lower())
        if city is None:
            near = get_close_matches(name.strip().lower(), known, n=1)
            action = f"Did you mean {known[near[0]].name}?" if near else f"Known are {_known_names()}."
            cause = f"There is no city {name!r} in the table."
            issues.append(Issue("unknown-city", f"cities[{row}]", cause, action))
        elif city in found:
            cause = f"{city.name} is named twice."
            issues.append(Issue("named-twice", f"cities[{row}]", cause, "Name each city once."))
        else:
            found.append(city)
    if issues:
        raise InvalidInput(tuple(issues))
    return tuple(found)


def are_cities(names: Sequence[str]) -> bool:
    """Return whether each of the names, and there is one at least, is a city's.

    Parameters
    ----------
    names : names in Latin letters of any case or in Chinese
    """
    known = _spellings()
    return bool(names) and all(name.strip().lower() in known for name in names)


def _spellings() -> dict[str, City]:
    return {spelling: city for city in CITIES for spelling in (city.name.lower(), city.chinese)}


def _known_names() -> str:
    return ", ".join(city.name for city in CITIES)
