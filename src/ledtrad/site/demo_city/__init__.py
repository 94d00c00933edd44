"""Demo city: Stockholm 2019–2021 from published figures, and around them figures that are invented and say so.

`build` puts it into the database through the apps' actions. See SOURCES.md for what is real.
"""

from ledtrad.site.demo_city.building import CityInTheWay, Progress, Summary, build

__all__ = ["CityInTheWay", "Progress", "Summary", "build"]
