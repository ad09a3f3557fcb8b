"""The whole after-action report, laid out in one language. Pure."""

from __future__ import annotations

from runbook.drills.report_back import analysis, appendices, disclosures, observations
from runbook.drills.report_front import glance, opening, overview, timeline
from runbook.drills.report_page import Page, Writer
from runbook.drills.report_parts import Report
from runbook.speech import Language, say


def laid_out(report: Report, language: Language) -> Page:
    """Every chapter of the report, in order."""
    w = Writer(language)
    title = w(say("After-action report: {title}", title=report.title))
    return Page(
        language,
        report.mark,
        title,
        (
            opening(report, w),
            overview(report, w),
            glance(report, w),
            timeline(report, w),
            *analysis(report, w),
            disclosures(report, w),
            observations(report, w),
            *appendices(report, w),
        ),
    )
