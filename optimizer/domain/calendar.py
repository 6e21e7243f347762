"""Working days: weekdays, public holidays and the exceptions a company makes."""

from datetime import date
from functools import lru_cache

from optimizer.domain.scenario import HolidayCalendar


class WorkingDays:
    """Tells for many days whether people work; the company's own exceptions win.

    Parameters
    ----------
    calendar : which days are free
    """

    def __init__(self, calendar: HolidayCalendar) -> None:
        self._country = calendar.country
        self._free_weekdays = calendar.free_weekdays
        self._free = frozenset(calendar.extra_free_days)
        self._worked = frozenset(calendar.extra_working_days)

    def __contains__(self, day: date) -> bool:
        """Tell whether people work on `day`."""
        if day in self._worked:
            return True
        if day in self._free or day.isoweekday() in self._free_weekdays:
            return False
        return self._country is None or day not in public_holidays(self._country, day.year)


def is_working_day(calendar: HolidayCalendar, day: date) -> bool:
    """Tell whether people work on `day`; for many days of one calendar, see `WorkingDays`."""
    return day in WorkingDays(calendar)


@lru_cache(maxsize=64)  # because thousands of clocks ask for the same years
def public_holidays(country: str, year: int) -> frozenset[date]:
    """Return the public holidays of a year.

    Parameters
    ----------
    country : ISO 3166 code
    year : the year
    """
    import holidays  # imported here: it is large, and few scenarios name a country

    return frozenset(holidays.country_holidays(country, years=year))
