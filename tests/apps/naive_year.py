"""The reporting year once more, as slowly and plainly as can be: lists that are scanned, nothing kept twice.

The second implementation that `test_reporting_machine` holds the real one against. It shares no code with it but the
examination of contents (core/reporting), which has its own examples.
"""

from dataclasses import dataclass, field

from ledtrad.core.reporting import Frame, read_content

WRITERS = {"kultur": ("rut", "rolf", "sara"), "bibliotek": ("ulla", "rut", "rolf", "sara"), "miljo": ("ove",)}
SECRETARIES = {"kultur": ("sara",), "bibliotek": ("sara",), "miljo": ()}
ABOVE = {"kultur": ("carl",), "bibliotek": ("carl", "rut", "rolf", "sara"), "miljo": ("carl",)}
BENEATH = {"kultur": ("bibliotek",), "bibliotek": (), "miljo": ()}


class No(Exception):
    """The naive city refuses."""


@dataclass
class NaiveRow:
    frame: Frame
    saves: list = field(default_factory=list)  # (content, key, by), the first save first
    aside: list = field(default_factory=list)  # (content, key, by)
    withdrawn: bool = False

    def content_at(self, version):
        if version == 0:
            return {}
        return self.saves[version - 1][0]


@dataclass
class NaiveReport:
    unit: str
    rows: dict
    states: list = field(default_factory=lambda: ["draft"])
    questions: list = field(default_factory=list)  # [text, answer]

    @property
    def state(self):
        return self.states[-1]


class NaiveYear:
    """What the city should remember after everything that was done."""

    def __init__(self):
        self.reports = {}
        self.outcomes = []  # (indicator, total as typed), every record ever, the last holds
        self.assessments = []  # (goal, unit, verdict)
        self.verdicts = []  # (goal, verdict)
        self.corrections = []  # (unit, subject)

    # -- writing ---------------------------------------------------------------------------------

    def open(self, unit, frames, by):
        if by != "carl" and by not in WRITERS[unit]:
            raise No("open")
        if unit not in self.reports:
            self.reports[unit] = NaiveReport(unit, {subject: NaiveRow(frame) for subject, frame in frames.items()})

    def save(self, unit, subject, fields, rests_on, key, by):
        report = self.reports[unit]
        row = report.rows[subject]
        for number, (_, earlier, _who) in enumerate(row.saves, start=1):
            if rests_on != len(row.saves) and earlier == key:
                return "saved", number
        for _, earlier, _who in row.aside:
            if rests_on != len(row.saves) and earlier == key:
                return "aside", len(row.aside)
        if by not in WRITERS[unit] or report.state not in ("draft", "returned"):
            raise No("write")
        if rests_on > len(row.saves):
            raise No("version")
        content = dict(read_content(row.frame, fields, row.content_at(rests_on)).fields)
        if content == dict(read_content(row.frame, {}, row.content_at(len(row.saves))).fields):
            return "saved", len(row.saves)
        if rests_on != len(row.saves):
            row.aside.append((content, key, by))
            return "aside", len(row.aside)
        row.saves.append((content, key, by))
        return "saved", len(row.saves)

    # -- the way up ------------------------------------------------------------------------------

    def submit(self, unit, by):
        report = self.reports[unit]
        if by not in WRITERS[unit] or report.state not in ("draft", "returned"):
            raise No("submit")
        for row in report.rows.values():
            if not read_content(row.frame, {}, row.content_at(len(row.saves))).is_complete:
                raise No("gaps")
        if any(answer is None for _, answer in report.questions):
            raise No("unanswered")
        report.states.append("submitted")

    def give_back(self, unit, by, text):
        report = self.reports[unit]
        if by not in ABOVE[unit] or report.state != "submitted":
            raise No("return")
        report.questions.append([text, None])
        report.states.append("returned")

    def answer(self, unit, number, by, text):
        report = self.reports[unit]
        if by not in WRITERS[unit] or report.state != "returned" or report.questions[number][1] is not None:
            raise No("answer")
        report.questions[number][1] = text

    def decide(self, unit, by):
        report = self.reports[unit]
        may = ABOVE[unit] if unit == "bibliotek" else SECRETARIES[unit]
        if by not in may or report.state != "submitted":
            raise No("decide")
        report.states.append("decided")

    def lock(self, unit, by):
        report = self.reports[unit]
        beneath = [self.reports[one] for one in BENEATH[unit] if one in self.reports]
        if by not in ABOVE[unit] or report.state != "decided" or any(one.state != "locked" for one in beneath):
            raise No("lock")
        report.states.append("locked")
        for subject, row in report.rows.items():
            self._remember(unit, subject, row)

    def _remember(self, unit, subject, row):
        content = row.content_at(len(row.saves))
        if content.get("total"):
            self.outcomes.append((subject, content["total"]))
        if content.get("not_measured"):
            self.outcomes.append((subject, None))
        if content.get("verdict"):
            self.assessments.append((subject, unit, content["verdict"]))

    def correct(self, unit, subject, fields, by):
        report = self.reports[unit]
        row = report.rows[subject]
        before = row.content_at(len(row.saves))
        found = read_content(row.frame, fields, before)
        may = by == "carl" or by in SECRETARIES[unit]
        if report.state != "locked" or not may or not found.is_complete or dict(found.fields) == before:
            raise No("correct")
        row.saves.append((dict(found.fields), "correction", by))
        self.corrections.append((unit, subject))
        self._remember(unit, subject, row)

    def conclude(self, goal, verdict, by, asked, *, early):
        held = self.assessed(goal)
        if by != "carl" or (not early and any(unit not in held for unit in asked)):
            raise No("conclude")
        self.verdicts.append((goal, verdict))

    # -- reading ---------------------------------------------------------------------------------

    def outcome(self, indicator):
        said = [total for subject, total in self.outcomes if subject == indicator]
        return said[-1] if said else "nothing"

    def assessed(self, goal):
        """unit → verdict, of those that hold."""
        held = {}
        for subject, unit, verdict in self.assessments:
            if subject == goal:
                held[unit] = verdict
        return held

    def verdict(self, goal):
        said = [verdict for subject, verdict in self.verdicts if subject == goal]
        return said[-1] if said else None
