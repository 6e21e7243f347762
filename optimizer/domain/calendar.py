"""Working days: weekdays, public holidays and the exceptions a company makes."""

from datetime import date

from optimizer.domain.scenario import HolidayCalendar


def is_working_day(calendar: HolidayCalendar, day: date) -> bool:
    """Tell whether people work on `day`; the company's own exceptions win."""
    if day in calendar.extra_working_days:
        return True
    if day in calendar.extra_free_days or day.isoweekday() in calendar.free_weekdays:
        return False
    return not (calendar.country is not None and _public_holiday(calendar.country, day))


def _public_holiday(country: str, day: date) -> bool:
    import holidays  # imported here: it is large, and few scenarios name a country

    return day in holidays.country_holidays(country, years=day.year)
