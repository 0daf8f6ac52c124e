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
abbot affineur alarmist ambassador anaesthetic-nurse anchorman anchorwoman anesthesiologist attache auctioneer audiologist baggage-handler bandmaster banksman
bargeman bargewoman bassist beadle bell-ringer bellringer binman binwoman blunderer bobbin-boy bombardier bookseller brewmaster bridge-keeper bridge-tender
bungler bystander cable-jointer cadet camel-driver campanologist carder cardiologist careerist cartoonist caster-man caulker cellarmaster cellist chandler
checkman checkout-operator cheese-maker childminder choirmaster churchwarden cinematographer clerk-of-works commis conservator consul-general copyreader
crossing-keeper deacon dean dermatologist derrickman dinner-lady distiller doffer doula dustwoman eager-beaver ecologist embryologist ensign entomologist envoy
fact-checker fettler flayer flight-attendant flight-dispatcher flyperson followspot-operator furnaceman fusilier galvaniser game-master gamemaster gate-agent
ghillie goalkeeper greaser groomer guitarist gynaecologist harpist hillman homemaker hospitalist hotel-manager hothead huntsman imam impresario intensivist
jointer kennelman knacker lampie latecomer level-designer lifeboatman lift-attendant liftie liftman line-worker lineworker linotypist loafer lobbyist
lock-tender loner loom-fixer mahout maitre-d malt-man marshaller melter-man meter-reader midshipman moneychanger monk mooring-man mudlogger muleteer nun
nursing-aide odd-job-man onsetter optimist orderlies organist ornithologist orthotist overman palaeontologist paparazzo paperboy paperhanger pastrycook
patroller pattern-cutter pattern-maker pawnbroker percussionist perfectionist pessimist pharmacologist photojournalist pilotman piste-basher plater polemaster
press-minder presser pressroom-hand prosthetist puddler pulmonologist quartermaster-sergeant quizmaster rag-picker ramp-agent repetiteur restorer ringmistress
riveter road-sweeper rope-runner ropewalker saucier scavenger seismologist shelf-filler shelver shot-firer shotfirer showman slacker slaughterer slinger
smelter-man sniper snowmaker solicitor-general stringer stuntwoman sub-ed submariner sweeper tacksman tally-clerk tea-taster ticket-collector toll-keeper
tool-dresser topographer trombonist troubleshooter turnstile-keeper underling urologist virologist vocalist volcanologist vulcaniser wardrobe-mistress
whipper-in winder-man window-cleaner
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
    acting agency air approach apron area avalanche baggage bakery bank bar beach bell bin blood box-office brew brewhouse bridge bus butcher camp canal
    canteen car care cargo casual cattle cellar checkout cheese chief cloakroom coal community contract cotton crane customer-service dairy dam day
    day-shift deputy dock dog door duty early-shift experienced factory farm field fish floor forest freelance freight front-desk fruit furniture gallery
    garden gate glass goal goat goods grave ground hall harbor harbour health help-desk helpdesk hide horse hospital hotel human inexperienced insurance
    junior key kindergarten kitchen lab late-shift law leather lecture line lobby lone loom lorry maintenance market meat mill mine museum new night
    night-shift office on-duty oyster paint pantry parcel park part-time patient pier pig piste pit plant playground police pool port postal pottery poultry
    press programme quay rail ramp real-estate refuse relief rescue reservations restaurant rig river rubbish sales salmon saw seasonal security senior
    sheep shift ship shoe shop signal site ski slope sluice social sorting stable stadium stage stall standby steel stone store street support switchboard
    tailoring taxi telephone temp temporary theatre ticket till timber tired toll tower track traffic train trainee tram travel truck trusted vat veneer
    ward warehouse weekend window wine wool works yard young zoo
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
BARE = frozenset(["dispatch", "maintenance", "security", "planning", "transport", "scheduling", "payroll", "goods-in", "operations"])
"""Departments that are spoken of without an article, as they act: "Dispatch ignored it"."""
ALONE = frozenset("eyeballed eyeballs overslept forgot panicked confessed admitted apologised apologized shrugged dozed misheard fumbled hesitated insisted".split())
"""What only people do: a capitalised word that nobody knows is a name where it does that."""
CREWS = frozenset(["first line", "second line", "third line", "front line", "ground handling", "box office", "air traffic", "night watch", "day watch", "deputy head"])
"""Two words that stand for people."""
_NO_MEN = frozenset("specimen regimen abdomen omen acumen stamen lumen yemen german roman norman ottoman talisman podman batman superman pacman postman".split())
_NO_IST = frozenset(
    "list checklist playlist whitelist blacklist allowlist denylist blocklist shortlist waitlist mailinglist wishlist watchlist tasklist twist mist fist wrist gist exist persist consist assist resist insist hoist joist"
    " enlist desist coexist subsist grist pricelist sublist packlist moist midst".split()
)
_ENDINGS = ("ologist", "ician", "woman", "women", "person", "smith", "wright", "monger", "grapher", "onaut", "therapist", "keeper", "master", "minder", "attendant", "arian")
_THINGS = frozenset(
    """
    accelerator acceptor accumulator actuator adaptor adder aerator after aggregator aggressor aligner allocator alter alternator altogether amber amplifier
    analyser analyzer ancestor anchor anger annotator another answer anterior apiserver applicator archiver ardor armor atomiser authenticator authoriser
    authorizer autoclaver autoloader autoscaler backer badger balancer banner banter barrier batcher batter beamer bearer beeper behavior belter better
    bidder bigger binder bitter bladder bleeder blender blinker blocker blotter blower boiler bomber booster bootloader border bother boulder
    branchprotector breaker broadcaster broader browser buffer bumper burger burner butter buzzer bypasser calculator calibrator calorimeter cancer candor
    canister canter capacitor caper capturer carburetor carburettor carrier caster catalyser censor center chamber changeover chapter character charger
    charter cheaper checker chiller chipper chopper cinder cipher circulator clamor clamper classifier cleaner cleanser clearer clever clicker clipper
    clobber closer clover cluster clutter coater cofactor colder collator collector collider color combiner commutator compactor comparator compiler
    composer compressor compter computer concentrator conditioner confer configurator connector consider consumer contactor container converter convertor
    conveyor cooler copier copper copter corner corrector corridor counter coupler cover crawler creator crossover cruncher crusher cucumber culler
    cupboarder cursor cutover cutter cylinder dampener damper danger datacenter debugger decanter december decoder deduper deeper defender defer
    defibrillator deflector defogger dehumidifier dehydrator deliver demeanor demodulator denominator depressor descriptor desensitiser deserialiser
    deserializer destructor detector detonator dialer dialler differ diffuser digester digitiser dimmer dinner disaster discover discriminator dishwasher
    dispenser disposer dissipator distributor dither diverter divider divisor docker doubler downloader dozer drawer drier dryer dumper duplicator
    dustbinner dynamometer eager earlier easier either ejector elder elector elevator ember emitter emulator encoder encryptor engraver enhancer enricher
    erector error escalator ether evaporator evictor excavator exchanger exciter executor exhauster expander exporter exposer extender exterior exterminator
    extinguisher extractor extruder factor failover falter fanner farther fastener faster favor feather feeder fermenter fermentor fervor fever fewer fiber
    filer filler filter finaliser finalizer finer finger finisher firmer fixer flasher flavor flicker flier floater flower flusher fodder folder follower
    footer forever formatter former fragmenter freezer freighter fryer further fuser gather gatherer gender generator getter geyser ginger girder glider
    governor grabber grader grater greater grinder grouper gutter guzzler hammer hamper hander handler handover hanger hangover harbor harder harvester
    hasher hatcher header healthier heater heavier helicopter helper higher hinder hither holder honor hooker hoover hopper horror hoster hotter hover
    however humidifier humor hunger hypervisor igniter ignitor impeller initiator matchmaker coffeemaker importer incinerator incubator indexer indicator inductor infer inferior inflator
    informer ingester ingestor inhibitor initialiser initializer injector inner insulator integer interceptor interior inverter invertor iterator jammer
    jasper jitter jumper junior kicker killer kubespawner labor ladder lander larger laser later lather latter launcher layer layover leather ledger
    leftover lesser letter lever lifter lighter limiter liner linger linker linter listener liter litter liver loader locator locker logger logshipper
    longer looser louder loudspeaker lower lumber mailer major makeover manner mapper marker masker master matcher matter mediator member merger messenger
    metaphor meter migrator minor mirror mitigator mixer mobiliser modifier modulator monitor monster moreover motor mouser mover mower muffler multiplexer
    multiplier murder mutator narrower nearer nebuliser nebulizer negator neighbor neither never newer normaliser normalizer notifier november number
    numerator observer october offer older opener optimiser optimizer orchestrator order oscillator other outer outlier outliner overer oxidiser oxygenator
    oyster pacemaker pacer packer pager palletiser palletizer pamper paper parameter parlor parser patcher pepper percolator performer perimeter permeator
    placeholder plaster player plotter plunger pointer polisher poller polymer ponder poorer popper portmapper poster posterior powder power precipitator
    precursor predecessor predicter predictor prefer prefilter preprocessor preserver primer printer prior processor profiler projector proofer propagator
    propeller propellor proper prosper protector prouder provider provisioner publisher puller pulser pulveriser purger purifier pusher quarter quencher
    queuer quicker quiver rafter rancor ranker rarer rather razor reactor reader rebalancer receiver receptor recoiler reconciler recorder recover rectifier
    recycler redirector reducer refer reflector refrigerator regenerator register regulator reindexer relayer reloader remainder remember reminder remover
    render renderer reorder repeater replicator reporter requester resampler reserver resistor resizer resolver resonator restarter retarder retrier
    retriever reverter rewriter richer rigor ripper river roaster rocker roller rollover roster rotator rotor router rubber rudder ruler rumor runner safer
    salter sampler sander sanitiser sanitizer saver scaler scanner scheduler scooter scrambler scraper screener screwdriver scrubber sector seeder segmenter
    selector semester semiconductor sender senior sensor separator september sequencer serialiser serializer server setter sever sharder sharpener shelter
    shifter shipper shorter shoulder shower shredder shutter sifter signer silencer silver simpler simulator sinker siphoner sitter skimmer slather slender
    slicer slider slipper sliver slower smaller smarter smelter smother snapshotter sniffer snubber sober softener softer solder solver sorter spacer
    spawner speaker spectrometer spider spinner splatter splendor splinter splitter spoiler sponsor sprayer spooler spreader sprinkler sputter squalor squeezer
    stabiliser stabilizer stapler starter stater stator steamer stepper steriliser sterilizer sticker stirrer stopper storer strainer streamer stretcher
    stricter strimmer stripper stroller stronger stupor stutter subscriber successor suffer summer super supercharger superconductor superior supper
    suppressor surfer surrender swapper sweater sweeper switcher syncer synchroniser synchronizer tabor tabulator tagger tailer takeover tamper tanker taper
    teleporter temper tender tenor tensor terminator terror tether theater thermistor thermometer thicker thinner thither throttler thruster thunder ticker
    tiger tighter tiller timber timer tinder tipper toaster together toner topper torpor tower tracer tracker tractor trailer transcoder transducer transfer
    transformer transistor transmitter transponder transporter trawler tremor trigger trimmer truncater tuber tumbler tumor tuner turbocharger turnover
    twister typewriter udder ulterior under unloader unpacker updater upgrader uploader upper utter validator valor vapor vaporiser vector vender ventilator
    verder verifier vesper viewer vigor visitor visor voucher wafer wager waker wander warmer washer watcher water weaker weather webserver whatever wheeler
    whenever wherever whether whisper whiteboarder wider winder winter wiper wither witherer wonder worker wrapper wringer writer yonder younger zipper
    zither
    """.split()
)
"""What ends in -er or -or and is a machine, a program, a word of comparison or just a thing: everything else that does so may be somebody at work."""
_TAILS = tuple(sorted(word for word in _THINGS if len(word) > 5))


def sounds_like_somebody(word: str) -> bool:
    """Whether a word that no list holds ends as words for people do: "harpist", "lampwoman", "optician"."""
    bare = word.removesuffix("s")
    if len(bare) < 6 or bare in _NO_MEN or bare in _NO_IST:
        return False
    return bare.endswith(_ENDINGS) or bare.endswith(("sman", "smen", "kman", "kmen", "tman", "tmen", "dman", "dmen")) or (bare.endswith("ist") and not bare.endswith("list"))


def does_something(word: str) -> bool:
    """Whether a word that no list holds may be one for who does a thing for a living, "patroller" or "restorer", and is no machine that we know."""
    bare = word.removesuffix("s")
    return len(bare) > 5 and bare.endswith(("er", "or")) and bare.isalpha() and not bare.endswith(_TAILS) and bare not in _THINGS
