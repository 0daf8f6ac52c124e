"""How to read the charts: what stands behind their words, folded away at the end of the page."""

from __future__ import annotations

from hotwash.pages.parts.html import Html, join, tag
from hotwash.pages.parts.measures.view import View
from hotwash.pages.parts.words import days

_TERMS = (
    ("What counts", "Every incident with an account: filed, published or retired. One that was left unwritten, with a reason, has no account and counts nowhere here."),
    ("Median, and no mean", "Durations are skewed: one outage of three days moves a mean by hours and a median hardly at all. Half of the incidents took less than the median, half took longer."),
    ("The shaded middle", "From the first to the third quartile: half of the incidents lie inside. It is drawn from 4 incidents on, the 90th percentile from 10 on."),
    ("Detect, acknowledge, mitigate, resolve", "Detected minus started; acknowledged minus detected; mitigated minus started; resolved minus started. A clock whose times are unknown is left out and counted; so is one whose times contradict each other."),
    ("Came back", "It began within the window of the policy after the one before of its class was over."),
    ("Held", "The fix has been in place for as long as that window and its class has stayed away since. Did not hold: the class came back after the fix was done. Not in place: it came back before."),
    ("Small numbers", "A percentage never stands without the number it is of. With fewer than 30, look at the dots and not at the percentage."),
    ("No persons", "Nothing here is counted by person. Who is counted learns to report less, and then these numbers say less."),
)


def reading(view: View) -> Html:
    """Terms and what they mean."""
    pairs = join(join((tag("dt", term), tag("dd", said))) for term, said in _TERMS)
    window = tag("p", f"The window of this policy is {days(view.site.policy.data['repeat_window'])}.")
    return tag("details", tag("summary", "How to read this page"), tag("dl", pairs), window, class_="hw-reading")
