"""Verb forms: which words are past tense or participles, and which of them are neutral on a time line."""

from __future__ import annotations

_IRREGULAR = """
arose ate beat became began bent bet bit bled blew bought bound bred broke brought built burned burst came cast caught chose clung cost cut dealt did
drank drew drove dug fed fell felt fled flew flung forbade forgot fought found froze gave ground grew had heard held hid hit hung hurt kept knew
laid lay led left lent let lit lost made meant met misread mistook misunderstood outgrew overdid overlooked overran overrode overrun oversaw overslept
overtook overwrote paid picked proved put quit ran rang read rebuilt rode rose said sat saw sent set shook shot shrank shut slept slid sold sought
spent spilt split spoke sprang spread stole stood stuck struck strung stung swam swept swore swung taught thought threw told took tore typed undid
understood undertook upset went withdrew woke won wore wound withheld wrote
"""
_PARTICIPLES = """
arisen beaten become begun bent bet bitten bled blown bought bound bred broken brought built burnt burst cast caught chosen come cost cut dealt done
drawn driven drunk dug eaten fallen fed felt flown forbidden forgotten fought found frozen given gone grown had heard held hidden hit hung hurt kept
known laid lain led left lent let lit lost made meant met misread mistaken misunderstood overdone overridden overrun overseen overtaken overwritten
paid put quit read rebuilt ridden risen run rung said sat seen sent set shaken shot shown shrunk shut slept slid sold sought spent split spoken
sprung spread stolen stood struck stuck stung sung swept sworn swum swung taken taught thought thrown told torn undone understood undertaken upset
withdrawn withheld woken won worn wound written been
"""
PAST = frozenset(_IRREGULAR.split())
PARTICIPLES = frozenset(_PARTICIPLES.split())
_NOT_PAST = frozenset(
    "need speed feed seed breed bleed embed shed red bed hundred indeed ahead instead naked sacred wicked rugged speed unneeded based related"
    " biased limited detailed unused".split()
)
NEUTRAL = frozenset(
    """
    accepted acknowledged acked added advised announced answered approved arrived asked assembled assigned assisted attached attended began briefed
    brought called checked claimed closed coded collected commented communicated compared completed confirmed connected contacted coordinated created
    dialled declared decided described detected diagnosed discovered dispatched documented drafted drained engaged enquired escalated established
    estimated examined explained failed-over filed finished fixed followed found gathered got handed held helped identified informed initiated
    inspected investigated invited isolated joined kept learned learnt left logged looked made measured merged messaged met mitigated monitored
    moved narrowed noted noticed notified observed offered opened ordered organised organized paged paused phoned pinged posted practised prepared
    presented proposed provided published queried raised ran reached read realised realized received recognised recognized recommended recorded
    recovered reported reproduced requested resolved responded restarted restored resumed returned reviewed said sampled saw scaled scheduled sent
    shared showed signed spoke spotted started stated stayed stepped stopped submitted suggested summarised summarized suspected switched took told
    traced transferred tried updated used validated verified volunteered waited walked warned was watched went were worked wrote
    """.split()
)
"""What somebody does who responds; on a time line it is at most information."""

RESPONSE = frozenset(
    """
    acked acknowledged added advised agreed alerted announced answered apologised apologized appeared arrived asked assembled assigned assisted attempted
    attended became been began briefed brought called came chaired checked claimed commented communicated compared concluded confirmed connected contacted
    coordinated declared decided described detected determined diagnosed did discovered discussed documented drafted engaged enquired escalated estimated
    evaluated examined explained facilitated felt filed finished figured fixed flagged followed formed found gathered got granted had handed happened handled heard held helped identified
    informed initiated inspected interviewed investigated invited isolated joined kept knew launched learned learnt led left lent listened logged looked made managed
    measured mentioned messaged met mitigated monitored narrowed needed noted noticed notified observed offered opened owned paged paused phoned pinged
    pointed posted prepared presented proposed proved provided queried raised rang read realised realized received recognised recognized recommended recorded
    recovered remained repaired replied reported reproduced requested rescued resolved responded restarted restored resumed retried returned reverted
    reviewed rolled said sampled saw seemed sent shared showed signed sought spoke spotted started stayed stepped stopped suggested summarised summarized
    supported suspected talked texted thanked thought told took traced tried understood updated used verified volunteered waited walked warned was
    watched went were wondered worked written wrote facilitating been being be is assigned scheduled authored compiled edited owned commissioned chaired
    hosted based named considered based interested involved located situated concerned related supposed expected meant affected born employed promoted
    """.split()
)
"""What somebody does who finds, tells, mends or follows: a name before it is no accusation."""


def is_past(word: str) -> bool:
    """Whether a word reads as past tense: an irregular one, or one that ends in -ed and is not known for something else."""
    word = word.rpartition("-")[2] or word
    return word in PAST or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST)


def is_participle(word: str) -> bool:
    """Whether a word reads as a past participle."""
    word = word.rpartition("-")[2] or word
    return word in PARTICIPLES or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST)
