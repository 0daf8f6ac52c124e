"""Words for people: roles, groups, pronouns. Singular heads; inflections are made here, so that a list is read once.

Roles are the trades and offices that postmortems name, in software and elsewhere; a compound counts by its last word, so "release manager" needs
only "manager" and "operator console" is no person.
"""

from __future__ import annotations

_ROLES = """
accountant adjuster admin administrator advisor adviser agent aide analyst animator anaesthetist anesthetist apprentice approver architect artist assembler
assistant associate attendant auditor author baker banker barista biologist bookkeeper boss bricklayer broker-dealer buyer captain carer caretaker
cartographer cashier ceo cfo chair chairman chairperson chairwoman checker chef chemist chief cio ciso clerk clinician co-author co-pilot coach coder
colleague commander committer conductor consultant contractor contributor controller-on-duty coo cook coordinator copywriter courier coworker co-worker
crane-driver cto curator custodian customer-success-manager dba dbas dentist deployer designer dev developer devop director dispatcher doctor dpo
draughtsman drafter driver editor electrician employee engineer escalation-manager estimator examiner executive expert facilitator fellow fireman
firefighter fitter foreman forewoman freelancer gardener geologist grad graduate guard guide handler head hire inspector installer instructor intern
interpreter investigator janitor joiner journalist judge juror laborer labourer lawyer lead leader lecturer liaison librarian lieutenant locksmith machinist
maintainer manager marketer mason mate mechanic medic member mentor merchandiser midwife miner moderator newcomer nurse officer on-call oncall onlooker
operative optometrist orderly organiser organizer owner painter paramedic participant pathologist person pharmacist phlebotomist photographer physician
physicist physiotherapist picker pilot planner plasterer plumber policeman porter postdoc practitioner presenter president producer professor programmer
proofreader psychologist publisher purchaser radiographer radiologist receptionist recruiter registrar reporter representative rep researcher resident
responder reviewer rigger roofer sailor salesman salesperson saleswoman scaffolder scientist scribe secretary sergeant shift-lead shopkeeper shunter
signaller signalman specialist sre sres staffer steward stewardess strategist student submitter superintendent superuser supervisor surgeon surveyor
sysadmin sysop tailor teacher teammate technician technologist techie temp tester therapist trader trainee trainer translator treasurer tutor typist
undergraduate underwriter upholsterer usher vet veterinarian volunteer waiter waitress ward-manager warden watchkeeper watchman welder woodworker
worker-on-duty workman writer yardman announcer gaffer groom ostler jockey cabbie ploughboy ranch-hand deckhand-on-duty stable-hand stablehand teller
stationmaster shepherd milker farmhand stockman herdsman cowman ploughman subeditor sub-editor copy-editor copyeditor newsreader newscaster cameraman
camerawoman stagehand projectionist matron sister dispenser optician paediatrician pediatrician anaesthesiologist sonographer dietitian orthodontist
trackman pointsman brakeman switchman lineman linesman lengthman platelayer gatekeeper storekeeper storeman warehouseman warehouser stocktaker
packer-on-duty forklift-driver stevedore docker-on-duty longshoreman lorry-driver trucker carter shelf-stacker loss-adjuster actuary financier
cashier-on-duty rancher farmer agronomist beekeeper fisherman forester gamekeeper vintner brewer butcher florist tiler glazier paver cobbler seamstress
tanner potter blacksmith columnist correspondent sub newshound sound-engineer lighting-designer playtester storyboarder modeller composer voice-actor actor
actress dramaturge headteacher lifeguard paratrooper soldier corporal colonel seaman helmsman deckhand bosun harbourmaster harbormaster ranger warder
ticket-inspector bellboy concierge housekeeper valet sommelier bartender dishwasher waitperson handyman draughtswoman draftsman spokesman spokeswoman
spokesperson ombudsman chairlady adult bloke boy chap child dude folk gal gentleman girl guy human individual lad lady man somebody woman youngster culprit
idiot genius rookie novice newbie junior senior superior subordinate principal successor predecessor stakeholder typesetter yardmaster dockmaster tallyman
weigher postman postwoman mailman milkman drover maltster cheesemaker winemaker dairyman dairymaid roustabout driller blaster quarryman lumberjack arborist
groundsman groundskeeper greenkeeper coastguard skipper ferryman boatman tugmaster stoker signalwoman chauffeur decorator toolmaker millwright gasfitter
pipefitter boilermaker glassblower dyer weaver milliner saddler farrier jailer gaoler turnkey prosecutor stenographer bursar headmaster provost sous-chef
busboy doorman bouncer roadie luthier prompter choreographer soloist zookeeper paralegal notary bailiff croupier barrister solicitor magistrate hygienist
perfusionist podiatrist chiropractor navigator boatswain purser bookbinder picture-editor compere undertaker sexton verger nightwatchman stable-lad
foundryman first-responder second-line first-line third-line on-caller apiarist archivist assayer astronomer bagger bellhop botanist carpenter caseworker
caterer cellarman chaplain cooper coroner councillor counsellor counselor coxswain craftsman craftswoman crewman crewmember crewwoman curate deputy
detective dietician diver docker drayman dresser economist embalmer enumerator epidemiologist fabricator falconer ferrywoman firewatcher fishmonger flagman
flautist flyman furrier geographer goldsmith greengrocer grocer gunner gymnast hairdresser haulier headmistress herder historian horticulturist hostess
hydrologist illustrator inspectorate invigilator ironworker landlady landlord lexicographer lighthouse-keeper lockkeeper lock-keeper lookout lumberman
machine-minder marksman masseur mathematician mayor metallurgist meteorologist microbiologist minister motorman mountaineer musician nanny navvy neurologist
night-watchman nutritionist oarsman offender oncologist ophthalmologist oysterman parson passer-by pastor patrolman paymaster perpetrator pianist pollster
postmaster postmistress preacher priest proctor psychiatrist puppeteer quartermaster rabbi rector referee repairman repairwoman retoucher ringleader rower
sacristan sapper sawyer scoutmaster sculptor seafarer serviceman shearer shift-worker shipwright shoemaker shopfitter showrunner silversmith singer smith
sociologist squaddie statistician steeplejack steersman stonemason storewoman storeperson stuntman stylist subtitler swineherd taster taxidermist teamster
telephonist thatcher timekeeper toolpusher toxicologist trainmaster trawlerman trustee tunneller typographer umpire vicar vigneron violinist viticulturist
wainwright watchmaker weatherman webmaster wheelsman wholesaler winchman wingman woodcutter woodsman workmate wrangler wrongdoer zoologist acrobat almoner
aviator bailor barber bargee barkeeper beautician biochemist boffin canvasser casual chargehand checkweigher chorister classmate cleric co-driver co-owner
commissaire commissioner commodore compositor conveyancer coppersmith demonstrator dep diplomat dispensary-assistant docent dogsbody drummer dustman
endoscopist enquirer envoy-on-duty equerry expat filmmaker first-aider flatmate freshman frontliner fundraiser geneticist governess helpmate hobbyist
horseman hospitaller hotelier houseman housemaster implementer integrator ironmonger jeweller keyholder kitchenhand lampman lamplighter landowner lector
legate letting-agent licensee linguist loadmaster locum makeup-artist metalworker milkmaid mixologist motorist naturalist negotiator newsagent nurseryman
officeholder op outfitter owner-driver pageboy panellist pensioner petty-officer piercer pipelayer plantsman player-coach pollinator-on-duty postie preparer
pressman printmaker probationer prospector proprietor publican rangefinder refurbisher respondent restaurateur retailer ringmaster roundsman sales-rep
salesclerk schoolmaster schoolteacher scrutineer sculptress secretary-general sergeant-major serviceperson shop-assistant signwriter skivvy slaughterman
sleuth songwriter statesman stockbroker storyteller subcontractor sub-contractor subaltern subtenant supplier swimmer switchboard-operator tapster
teaching-assistant tipper-driver tradesman transporter-on-duty trapper trooper truckman tycoon undersecretary understudy usherette valuer violist
visitor-on-duty wagoner waller warrantor washerwoman watchwoman waterman waterer waxworker webdesigner welfare-officer wheelwright wright yachtsman youth
splicer
"""

_UNCERTAIN = """
agent worker builder runner planner picker publisher subscriber producer handler broker dealer reader writer loader master host client controller
checker owner driver operator dispatcher guard conductor guide interpreter user customer cleaner collector packer loader keeper minder marshal
"""
"""Roles that are as often programs or parts of one. Some are people where nothing says otherwise; the others, where a word before them does."""

_PEOPLE_FIRST = """picker operator driver dispatcher guard conductor user customer owner planner guide cleaner marshal"""
"""Of those, the ones that are people where nothing says otherwise."""

HUMAN_MODIFIERS = frozenset(
    """
    agency air apron approach area baggage bank bar bin bus car care casual cheese coal dog fruit glass goal grave hide checkout community contract crane customer-service day duty experienced factory farm field floor freelance front-desk
    ground health help-desk helpdesk hospital hotel human inexperienced insurance junior key kitchen law line lone lorry maintenance new night office
    on-duty part-time police port postal programme rail real-estate rescue sales seasonal security senior shift ship signal site social support
    quay ramp reservations theatre
    refuse rubbish shop stage steel stone store street switchboard taxi telephone temp temporary ticket tired toll tower window wine wool zoo traffic train trainee tram travel trusted truck ward warehouse yard young
    """.split()
)
"""What before an uncertain role makes it a person: "support agent", "warehouse worker", "traffic controller"."""

_GROUPS = """
accounting accounts brigade cast catering choir clergy club ensemble facilities finance gang housekeeping jury legal logistics orchestra patrol platoon quartet reception studio
newsroom administration board bureau camp chapter committee company council crew department desk development division engineering faculty firm floor folks
group guild headquarters hq hr human-resources leadership management marketing office ops organisation organization people personnel procurement
provider-staff purchasing qa sales secops security-team shift squad staff supplier support team tribe vendor workforce
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
MANNED = frozenset("back box call care command control contact dispatch duty engine front head mail news operations ops police port post press sales signal sub ticket tower watch".split())
PLACES = frozenset("room rooms tower centre center bridge unit".split())
"""Places that stand for those who sit there: "the control room ignored it"."""
CALLED = frozenset(
    "captain coach colonel constable corporal detective doctor driver engineer inspector judge lieutenant matron midwife nurse officer pastor pilot professor sergeant sister superintendent trader".split()
)
"""Roles that stand before a surname: "Nurse" and "Captain" make a name of the word that follows."""
CREWS = frozenset(["first line", "second line", "third line", "front line", "ground handling", "box office", "air traffic", "night watch", "day watch", "deputy head"])
"""Two words that stand for people."""
_NO_MEN = frozenset("specimen regimen abdomen omen acumen stamen lumen yemen german roman norman ottoman talisman podman batman superman pacman postman".split())
_NO_IST = frozenset(
    "list checklist playlist whitelist blacklist allowlist denylist blocklist shortlist waitlist mailinglist wishlist watchlist tasklist twist mist fist wrist gist exist persist consist assist resist insist hoist joist"
    " enlist desist coexist subsist grist pricelist sublist packlist moist midst".split()
)
_ENDINGS = ("ologist", "ician", "woman", "women", "person", "smith", "wright", "monger", "grapher", "onaut", "therapist")


def sounds_like_somebody(word: str) -> bool:
    """Whether a word that no list holds ends as words for people do: "harpist", "lampwoman", "optician"."""
    bare = word.removesuffix("s")
    if len(bare) < 6 or bare in _NO_MEN or bare in _NO_IST:
        return False
    return bare.endswith(_ENDINGS) or bare.endswith(("sman", "smen", "kman", "kmen", "tman", "tmen", "dman", "dmen")) or (bare.endswith("ist") and not bare.endswith("list"))
