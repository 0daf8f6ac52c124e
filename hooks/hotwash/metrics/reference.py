"""The published distribution beside which ours is set."""

SOURCE = "https://sre.google/workbook/postmortem-analysis/"
NAME = "The Site Reliability Workbook, Appendix C: Results of Postmortem Analysis"
"""B. Beyer and others (editors), The Site Reliability Workbook, O'Reilly 2018. Postmortems of Google, 2010 to 2017; percent, under our policy's words."""

TRIGGERS = {
    "binary-push": 37.0, "configuration-push": 31.0, "user-behaviour-change": 9.0, "processing-pipeline": 6.0, "service-provider-change": 5.0,
    "performance-decay": 5.0, "capacity-management": 5.0, "hardware": 2.0,
}  # fmt: skip
CAUSES = {
    "software": 41.35, "development-process": 20.23, "complex-system": 16.90, "deployment-planning": 6.74, "network": 2.75, "other": 12.03,
}  # fmt: skip
