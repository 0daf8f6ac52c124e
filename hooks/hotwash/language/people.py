"""Words for people: roles, groups, pronouns. Singular heads; inflections are made here, so that a list is read once.

Roles are the trades and offices that postmortems name, in software and elsewhere; a compound counts by its last word, so "release manager" needs
only "manager" and "operator console" is no person.
"""

from __future__ import annotations

_ROLES = """
accountant adjuster admin administrator advisor adviser agent aide analyst animator anaesthetist anesthetist apprentice approver architect artist
assembler assistant associate attendant auditor author baker banker barista biologist bookkeeper boss bricklayer broker-dealer builder buyer captain
carer caretaker cartographer cashier ceo cfo chair chairman chairperson chairwoman checker chef chemist chief cio ciso clerk clinician co-author
co-pilot coach coder colleague commander committer conductor consultant contractor contributor controller-on-duty coo cook coordinator copywriter
courier coworker co-worker crane-driver cto curator custodian customer-success-manager dba dbas dentist deployer designer dev developer devop director
dispatcher doctor dpo draughtsman drafter driver editor electrician employee engineer escalation-manager estimator examiner executive expert facilitator
fellow fireman firefighter fitter foreman forewoman freelancer gardener geologist grad graduate guard guide handler head hire inspector installer
instructor intern interpreter investigator janitor joiner journalist judge juror laborer labourer lawyer lead leader lecturer liaison librarian
lieutenant locksmith machinist maintainer manager marketer mason mate mechanic medic member mentor merchandiser midwife miner moderator newcomer nurse
officer on-call oncall onlooker operative optometrist orderly organiser organizer owner painter paramedic participant pathologist person
pharmacist phlebotomist photographer physician physicist physiotherapist picker pilot planner plasterer plumber policeman porter postdoc practitioner
presenter president producer professor programmer proofreader psychologist publisher purchaser radiographer radiologist receptionist recruiter
registrar reporter representative rep researcher resident responder reviewer rigger roofer sailor salesman salesperson saleswoman scaffolder scientist
scribe secretary sergeant shift-lead shopkeeper shunter signaller signalman specialist sre sres staffer steward stewardess strategist student
submitter superintendent superuser supervisor surgeon surveyor sysadmin sysop tailor teacher teammate technician technologist techie temp tester
therapist trader trainee trainer translator treasurer tutor typist undergraduate underwriter upholsterer usher vet veterinarian volunteer waiter
waitress ward-manager warden watchkeeper watchman welder woodworker worker-on-duty workman writer yardman
announcer gaffer groom ostler jockey cabbie ploughboy ranch-hand deckhand-on-duty stable-hand stablehand teller stationmaster shepherd milker farmhand stockman herdsman cowman ploughman subeditor sub-editor copy-editor copyeditor newsreader newscaster cameraman
camerawoman stagehand projectionist matron sister nun-run dispenser optician paediatrician pediatrician anaesthesiologist sonographer dietitian orthodontist
trackman pointsman brakeman switchman lineman linesman lengthman platelayer gatekeeper storekeeper storeman warehouseman warehouser stocktaker packer-on-duty forklift-driver
stevedore docker-on-duty longshoreman lorry-driver trucker carter shelf-stacker loss-adjuster actuary financier cashier-on-duty treasurer rancher farmer agronomist
beekeeper fisherman forester gamekeeper vintner brewer butcher florist tiler roofer glazier paver cobbler seamstress tanner potter blacksmith
columnist correspondent sub presenter newshound sound-engineer lighting-designer playtester storyboarder modeller composer voice-actor actor actress dramaturge
headteacher lifeguard paratrooper soldier corporal colonel seaman helmsman deckhand bosun harbourmaster harbormaster ranger warder ticket-inspector bellboy concierge
housekeeper valet sommelier bartender dishwasher waitperson handyman draughtswoman draftsman spokesman spokeswoman spokesperson ombudsman chairlady
adult bloke boy chap child colleague dude fellow folk gal gentleman girl guy human individual lad lady man somebody woman youngster
culprit idiot genius rookie novice veteran newbie junior senior superior subordinate principal successor predecessor stakeholder
typesetter yardmaster dockmaster tallyman weigher postman postwoman mailman milkman drover maltster cheesemaker winemaker dairyman dairymaid roustabout driller
blaster quarryman lumberjack arborist groundsman groundskeeper greenkeeper coastguard skipper ferryman boatman tugmaster stoker signalwoman chauffeur decorator
toolmaker millwright gasfitter pipefitter boilermaker glassblower dyer weaver milliner saddler farrier jailer gaoler turnkey prosecutor stenographer bursar dean
headmaster provost sous-chef busboy doorman bouncer roadie luthier prompter choreographer soloist zookeeper paralegal notary bailiff croupier barrister solicitor
magistrate hygienist perfusionist podiatrist chiropractor navigator boatswain purser bookbinder picture-editor compere undertaker sexton verger nightwatchman
stable-lad proofreader foundryman first-responder second-line first-line third-line on-caller
"""

_UNCERTAIN = """
agent worker builder runner planner picker publisher subscriber producer handler broker dealer reader writer loader master host client controller
checker owner driver operator dispatcher guard conductor guide interpreter user customer
"""
"""Roles that are as often programs or parts of one. Some are people where nothing says otherwise; the others, where a word before them does."""

_PEOPLE_FIRST = """picker operator driver dispatcher guard conductor user customer owner planner guide"""
"""Of those, the ones that are people where nothing says otherwise."""

HUMAN_MODIFIERS = frozenset(
    """
    agency air bank bus care casual checkout community contract crane customer-service day duty experienced factory farm field floor freelance front-desk
    ground health help-desk helpdesk hospital hotel human inexperienced insurance junior key kitchen law line lone lorry maintenance new night office
    on-duty part-time police port postal programme rail real-estate rescue sales seasonal security senior shift ship signal site social support
    switchboard taxi telephone temp temporary ticket tired tower traffic train trainee tram travel trusted truck ward warehouse yard young
    """.split()
)
"""What before an uncertain role makes it a person: "support agent", "warehouse worker", "traffic controller"."""

_GROUPS = """
newsroom administration board bureau camp chapter committee company council crew department desk development division engineering faculty firm floor folks
group guild hr human-resources leadership management marketing office ops organisation organization people personnel procurement
provider-staff purchasing qa sales secops security-team shift squad staff supplier support team tribe unit vendor workforce
"""
"""Heads that stand for several people. `company`, `support` and their like are people only where they do something."""

_PLURAL_ONLY = """people folks staff personnel folk crew humans devs admins reps"""

PRONOUNS = frozenset("i he she who whoever somebody someone nobody no-one anybody anyone everybody everyone".split())
"""Pronouns that are always people."""
WE = frozenset(["we", "us", "ourselves"])
THEY = frozenset(["they", "them", "their"])
"""People only where the block named some before."""
OWN = frozenset("my his her whose someone's somebody's nobody's everyone's".split())
"""Possessives of people."""


def _forms(words: str) -> frozenset[str]:
    found: set[str] = set()
    for word in words.split():
        found |= {word, plural(word)}
    return frozenset(found)


def plural(word: str) -> str:
    """The plural of an English noun, by rule and for the few that follow none."""
    if word in _ODD:
        return _ODD[word]
    if word.endswith("man"):
        return f"{word[:-3]}men"
    if word.endswith(("s", "x", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"


_ODD = {"child": "children", "person": "people", "human": "humans", "foreman": "foremen", "staff": "staff", "folk": "folks", "crew": "crews"}
_AT_TIMES = frozenset(form for form in _forms(_UNCERTAIN) - _forms(_PEOPLE_FIRST))
ROLES = (_forms(_ROLES) | _forms(_PEOPLE_FIRST) | frozenset(["people", "on-calls", "humans", "devs", "admins", "reps"])) - frozenset(_PLURAL_ONLY.split()) - _AT_TIMES
UNCERTAIN = _AT_TIMES
GROUPS = _forms(_GROUPS) | frozenset(_PLURAL_ONLY.split())
