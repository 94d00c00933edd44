"""Those who visit the centre, and what they do there."""

import re
from datetime import timedelta

from django.test import Client
from lxml import html
from tests import reporting_year as year
from tests.pages.conftest import words

from ledtrad.apps.reporting import actions as reporting
from ledtrad.apps.reporting.queries import report_of, rows_of

NOW = year.IN_YEAR_REPORT + timedelta(hours=3)
WAY = "/arbete/2021/kultur/ar/vagen/"


def as_(name, language="sv"):
    client = Client()
    if language != "sv":
        client.post("/sprak/", {"language": language, "next": "/om/"})
    if name:
        client.force_login(year.person(name))
    return client


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[-500:]
    return html.fromstring(answer.content.decode())


def select(element, selector):
    """Elements by a little CSS: tags, classes, ids, attributes and :not(.class), descendants of descendants."""
    steps = []
    for part in selector.split():
        tag = re.match(r"\w*", part)[0] or "*"
        tests = [f"contains(concat(' ', @class, ' '), ' {name} ')" for name in re.findall(r"(?<!\()\.([\w-]+)", part)]
        tests += [
            f"not(contains(concat(' ', @class, ' '), ' {name} '))" for name in re.findall(r":not\(\.([\w-]+)\)", part)
        ]
        tests += [f"@id='{name}'" for name in re.findall(r"#([\w-]+)", part)]
        tests += [f"contains(@{name}, '{value}')" for name, value in re.findall(r"\[([\w-]+)\*=([^\]]+)\]", part)]
        tests += [f"@{name}='{value}'" for name, value in re.findall(r"\[([\w-]+)=([^\]]+)\]", part)]
        tests += [f"@{name}" for name in re.findall(r"\[([\w-]+)\]", part)]
        steps.append(tag + "".join(f"[{test}]" for test in tests))
    return element.xpath(".//" + "//".join(steps))


def post(client, address, sent, status=302):
    answer = client.post(address, sent)
    assert answer.status_code == status, answer.content.decode()[-1500:]
    return answer


def told(answer):
    return words(html.fromstring(answer.content.decode()).get_element_by_id("main"))


def report(unit="kultur"):
    return report_of(unit, year.WHOLE)


def submit(unit="kultur", who="rut"):
    card = report(unit)
    reporting.submit_report(report_id=card.id, rests_on=card.version, by=year.actor(who), at=NOW)


def decide(unit="kultur", who="sara"):
    card = report(unit)
    reporting.decide_report(
        report_id=card.id, rests_on=card.version, decision=year.DECISION, by=year.actor(who), at=NOW
    )


def close():
    """Both reports all the way up."""
    for unit, who, head in (("kultur", "rut", "sara"), ("bibliotek", "ulla", "rut")):
        submit(unit, who)
        decide(unit, head)
    seen = [(report(unit).id, report(unit).version) for unit in ("kultur", "bibliotek")]
    reporting.lock_reports(reports=seen, by=year.actor("carl"), at=NOW)


def row(subject, unit="kultur"):
    return next(one for one in rows_of(report(unit).id) if one.subject == subject)
