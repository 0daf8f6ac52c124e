// The filter page: every postmortem is fetched once, filtered in memory, and what is asked for is kept in the address.

const PAGE = 50;
const MANY = 12; // options from which a facet can be narrowed
const OPEN = new Set(["severity", "status", "fix", "service"]);
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NONE = "none";
const WORDS = "words"; // Material opens its own search at `q`
const LARGEST_FIRST = new Set(["date", "mitigate"]);

// ---- words ------------------------------------------------------------------------------------------------------------------------------------

const ascii = text => /^[\x00-\x7f]*$/.test(text);

/** A text as it is compared: no case, no accents. */
function fold(text) {
  if (ascii(text)) return text.toLowerCase();
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toUpperCase().toLowerCase().replaceAll("ς", "σ");
}

const words = text => fold(text).match(/[\p{L}\p{N}_]+/gu) ?? [];

/** What is looked for in a row: where a word begins. Scripts without spaces between words are looked for anywhere. */
const needle = word => (ascii(word) ? ` ${word}` : word);

/** `36 min`, `2 h 05 min`, `3 d 4 h`, as the other pages say it. */
function spoken(seconds) {
  if (seconds < 0) return `-${spoken(-seconds)}`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60), hours = Math.floor(minutes / 60);
  if (minutes < 60) return `${minutes} min`;
  if (hours < 48) return minutes % 60 ? `${hours} h ${String(minutes % 60).padStart(2, "0")} min` : `${hours} h`;
  return hours % 24 ? `${Math.floor(hours / 24)} d ${hours % 24} h` : `${Math.floor(hours / 24)} d`;
}

const counted = (number, one) => `${number.toLocaleString("en")} ${number === 1 ? one : `${one}s`}`;

// ---- what was fetched -------------------------------------------------------------------------------------------------------------------------

/** The rows with what is computed from them once: their words, and the facets that follow from the day. */
function archive(fetched) {
  const size = fetched.id.length;
  const facets = fetched.facets.map(facet => ({...facet, of: facet.of.map(of => (of === -1 ? [] : [].concat(of)))}));
  facets.push(fromDay(fetched.day, "year", "Year", day => day.slice(0, 4), word => word));
  facets.push(fromDay(fetched.day, "quarter", "Quarter", day => `${day.slice(0, 4)}-Q${Math.ceil(day.slice(5, 7) / 3)}`, word => word.replace("-", " ")));
  facets.push(fromDay(fetched.day, "month", "Month", day => day.slice(0, 7), word => `${MONTHS[word.slice(5) - 1] ?? "?"} ${word.slice(0, 4)}`));
  facets.forEach(withNone);
  const by = Object.fromEntries(facets.map(facet => [facet.key, facet]));
  const named = ["service", "class"].map(key => by[key]);
  const texts = Array.from({length: size}, (_, row) => ` ${words(row_text(fetched, named, row)).join(" ")}`);
  return {...fetched, size, facets, by, texts, orders: new Map()};
}

function row_text(fetched, named, row) {
  const options = named.flatMap(facet => facet.of[row].map(place => facet.options[place]));
  return [fetched.title[row], fetched.id[row], ...options.map(option => `${option.name ?? ""} ${option.word}`), fetched.text[row]].join(" ");
}

function fromDay(days, key, name, part, shown) {
  const places = new Map();
  const sorted = [...new Set(days.filter(Boolean).map(part))].sort().reverse();
  sorted.forEach((word, place) => places.set(word, place));
  return {key, name, options: sorted.map(word => ({word, name: shown(word)})), of: days.map(day => (day ? [places.get(part(day))] : []))};
}

/** One more option for the rows that do not say, where there are any. */
function withNone(facet) {
  const last = facet.options.length;
  facet.of = facet.of.map(of => (of.length ? of : [last]));
  facet.options = [...facet.options, {word: NONE, name: "Not said"}];
  facet.places = new Map(facet.options.map((option, place) => [option.word, place]));
}

// ---- what is asked for ------------------------------------------------------------------------------------------------------------------------

/** The question that an address holds. What it asks of a key and no postmortem has is kept: then nothing matches, rather than everything. */
function question(all, address) {
  const asked = new URLSearchParams(address);
  const chosen = new Map();
  for (const facet of all.facets) {
    const wanted = asked.getAll(facet.key).filter(Boolean);
    if (wanted.length) chosen.set(facet.key, new Set(wanted));
  }
  return {q: asked.get(WORDS) ?? "", chosen, sort: sortable(asked.get("sort")), page: Math.max(1, Number.parseInt(asked.get("page"), 10) || 1)};
}

const sortable = sort => (COLUMNS.includes((sort ?? "").replace("-", "")) ? sort : "-date");

function address(asked) {
  const said = new URLSearchParams();
  if (asked.q.trim()) said.set(WORDS, asked.q.trim());
  for (const [key, wanted] of asked.chosen) for (const word of wanted) said.append(key, word);
  if (asked.sort !== "-date") said.set("sort", asked.sort);
  if (asked.page > 1) said.set("page", asked.page);
  return said.size === 0 && !said.toString() ? location.pathname : `${location.pathname}?${said}`;
}

// ---- the answer -------------------------------------------------------------------------------------------------------------------------------

/** The rows that match, in order, and for every facet how many rows each of its options would give beside what is asked of the others. */
function answer(all, asked) {
  const needles = words(asked.q).filter(word => !all.ignored.includes(word)).map(needle);
  const limits = all.facets.map(facet => limit(facet, asked.chosen.get(facet.key)));
  const limited = limits.flatMap((of, place) => (of ? [place] : []));
  const counts = all.facets.map(facet => new Uint32Array(facet.options.length));
  const rows = [];
  for (const row of ordered(all, asked.sort)) {
    if (!needles.every(word => all.texts[row].includes(word))) continue;
    const missed = limited.filter(place => !all.facets[place].of[row].some(option => limits[place][option]));
    if (missed.length > 1) continue;
    if (missed.length === 0) rows.push(row);
    for (const place of missed.length ? missed : counts.keys()) for (const option of all.facets[place].of[row]) counts[place][option] += 1;
  }
  return {rows, counts};
}

/** Which options of a facet are allowed; nothing where any is. */
function limit(facet, wanted) {
  if (!wanted?.size) return null;
  return facet.options.map(option => wanted.has(option.word));
}

const COLUMNS = ["date", "severity", "title", "service", "class", "mitigate", "fix"];

/** All rows in the order of a column, what is unknown last. Each order is made once. */
function ordered(all, sort) {
  if (!all.orders.has(sort)) {
    const values = column(all, sort.replace("-", "")), way = sort.startsWith("-") ? -1 : 1;
    const known = [], unknown = [];
    for (let row = 0; row < all.size; row += 1) (values[row] === null ? unknown : known).push(row);
    known.sort((one, two) => (values[one] < values[two] ? -way : values[one] > values[two] ? way : one - two));
    all.orders.set(sort, [...known, ...unknown]);
  }
  return all.orders.get(sort);
}

function column(all, key) {
  if (key === "date") return all.day.map(day => day || null);
  if (key === "mitigate") return all.mitigate;
  if (key === "title") return all.title.map(fold);
  const facet = all.by[key];
  if (!facet) return all.day;
  const last = facet.options.length - 1;
  const rank = key === "severity" || key === "fix" ? place => place : place => fold(facet.options[place].name ?? facet.options[place].word);
  return facet.of.map(of => (of[0] === last ? null : rank(of[0])));
}

// ---- markup -----------------------------------------------------------------------------------------------------------------------------------

/** An element; text becomes text, never markup. */
function make(name, {on = {}, ...attributes} = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

const chip = (label, look) => make("span", {class: `hw-chip hw-chip--${look}`}, label);
const shown = option => option.name ?? option.word;
const spaced = parts => parts.flatMap((part, place) => (place ? [" ", part] : [part]));

/** The options that a row has in a facet. */
const said = (all, key, row) => (all.by[key]?.of[row] ?? []).map(place => all.by[key].options[place]).filter(option => option.word !== NONE);

function line(all, row, keys) {
  return make("tr", {}, ...keys.map(key => make("td", {class: `hw-find__${key}`}, ...CELLS[key](all, row))));
}

const CELLS = {
  date: (all, row) => [make("time", {datetime: all.day[row] || null}, all.day[row] || "unknown")],
  severity: (all, row) => (said(all, "severity", row).length ? said(all, "severity", row).map(option => chip(option.word, option.look)) : [chip("unknown", "sev0")]),
  title: (all, row) => spaced([
    make("a", {href: all.post[0] + encodeURIComponent(all.id[row]) + all.post[1]}, all.title[row]),
    ...said(all, "status", row).filter(option => option.word !== "published").map(option => chip(shown(option).toLowerCase(), option.word)),
    ...(said(all, "repeat", row)[0]?.word === "yes" ? [chip("came back", "bad")] : []),
  ]),
  service: (all, row) => spaced(said(all, "service", row).map(option => make("span", {class: "hw-service"}, shown(option)))),
  class: (all, row) => said(all, "class", row).flatMap((option, place) => [place ? ", " : "", make("a", {href: option.to, class: "hw-class"}, shown(option))]),
  mitigate: (all, row) => [all.mitigate[row] === null ? "" : spoken(all.mitigate[row])],
  fix: (all, row) => said(all, "fix", row).map(option => verdict(option, all.held[row])),
};

function verdict(option, held) {
  if (held === -1) return chip("overdue", "warn");
  return chip(option.word === "holding" ? `holding ${counted(held, "day")}` : option.word, option.look);
}

// ---- the page ---------------------------------------------------------------------------------------------------------------------------------

class Find {
  constructor(root, all) {
    Object.assign(this, {root, all, asked: question(all, location.search)});
    this.part = name => root.querySelector(`.hw-find__${name}`);
    this.keys = [...root.querySelectorAll("th")].map(head => head.dataset.sort);
    this.build();
    this.show();
  }

  build() {
    this.input = this.part("words");
    this.input.value = this.asked.q;
    this.input.addEventListener("input", () => this.ask({q: this.input.value}));
    this.root.addEventListener("keydown", event => this.move(event));
    for (const head of this.root.querySelectorAll("th")) this.sorter(head);
    this.boxes = this.all.facets.map((facet, place) => this.facet(facet, place));
    this.filters = make("summary", {}, "Filters");
    const wide = matchMedia("(min-width: 60em)");
    const folded = make("details", {class: "hw-find__fold", open: wide.matches}, this.filters, ...this.boxes.map(box => box.details));
    wide.addEventListener("change", () => { folded.open = wide.matches; });
    this.part("facets").replaceChildren(folded);
    this.pager = make("nav", {class: "hw-find__pager", "aria-label": "Pages"});
    this.part("results").append(this.pager);
    this.root.classList.add("hw-find--ready");
    addEventListener("popstate", () => this.reread());
    addEventListener("pageshow", event => event.persisted && this.reread());
    addEventListener("pagehide", () => this.keep());
  }

  reread() {
    this.asked = question(this.all, location.search);
    this.input.value = this.asked.q;
    this.show();
  }

  /** Change the question, go to its first page, and show the answer before the next picture. */
  ask(change) {
    this.asked = {...this.asked, page: 1, ...change};
    this.pending ??= requestAnimationFrame(() => { this.pending = null; this.show(); });
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), 200); // browsers count how often an address changes
  }

  keep() {
    clearTimeout(this.keeping);
    if (address(this.asked) !== location.pathname + location.search) history.replaceState(history.state, "", address(this.asked));
  }

  toggle(key, word) {
    const chosen = new Map([...this.asked.chosen].map(([name, wanted]) => [name, new Set(wanted)]));
    const wanted = chosen.get(key) ?? new Set();
    if (!wanted.delete(word)) wanted.add(word);
    if (wanted.size) chosen.set(key, wanted); else chosen.delete(key);
    this.ask({chosen});
  }

  clear() {
    this.input.value = "";
    this.ask({q: "", chosen: new Map()});
    this.input.focus();
  }

  show() {
    const {rows, counts} = answer(this.all, this.asked);
    const pages = Math.max(1, Math.ceil(rows.length / PAGE)), page = Math.min(this.asked.page, pages);
    this.asked.page = page;
    const here = rows.slice((page - 1) * PAGE, page * PAGE);
    this.root.querySelector("tbody").replaceChildren(...here.map(row => line(this.all, row, this.keys)));
    this.tell(rows.length, page, here.length);
    this.boxes.forEach((box, place) => box.show(counts[place], this.asked.chosen.get(box.facet.key)));
    this.chips();
    this.turn(page, pages);
    for (const head of this.root.querySelectorAll("th")) this.mark(head);
    this.empty(rows.length === 0);
  }

  tell(found, page, here) {
    const all = counted(this.all.size, "postmortem");
    const number = found === this.all.size ? all : `${found.toLocaleString("en")} of ${all}`;
    const first = (page - 1) * PAGE + 1;
    this.part("told").textContent = found > here ? `${number}, ${first.toLocaleString("en")} to ${(first + here - 1).toLocaleString("en")} shown` : number;
  }

  empty(nothing) {
    this.part("none")?.remove();
    this.part("table").hidden = nothing;
    if (!nothing) return;
    const clear = make("button", {type: "button", class: "hw-button", on: {click: () => this.clear()}}, "Clear everything");
    const why = "Take one of the filters above away, or try a word less. The search of the site (press /) reads the whole accounts, which this page does not.";
    this.part("results").insertBefore(make("div", {class: "hw-find__none"}, make("p", {}, make("b", {}, "No postmortem matches all of this.")), make("p", {}, why), clear), this.pager);
  }

  // ---- sorting

  sorter(head) {
    const button = make("button", {type: "button", on: {click: () => this.ask({sort: this.next(head.dataset.sort)})}}, head.textContent);
    head.replaceChildren(button);
  }

  next(key) {
    const first = LARGEST_FIRST.has(key) ? `-${key}` : key, second = LARGEST_FIRST.has(key) ? key : `-${key}`;
    return this.asked.sort === first ? second : first;
  }

  mark(head) {
    const {sort} = this.asked, key = head.dataset.sort;
    head.setAttribute("aria-sort", sort === key ? "ascending" : sort === `-${key}` ? "descending" : "none");
  }

  // ---- facets

  facet(facet, place) {
    const box = new Box(facet, word => this.toggle(facet.key, word));
    box.details.open = box.details.open || this.asked.chosen.has(facet.key);
    box.place = place;
    return box;
  }

  // ---- chips of what is asked for

  chips() {
    const found = [];
    if (this.asked.q.trim()) found.push(this.chip("Words", this.asked.q.trim(), () => { this.input.value = ""; this.ask({q: ""}); }));
    for (const [key, wanted] of this.asked.chosen) for (const word of wanted) found.push(this.chosen(this.all.by[key], word));
    if (found.length > 1) found.push(make("button", {type: "button", class: "hw-find__clear", on: {click: () => this.clear()}}, "Clear all"));
    const before = [...this.part("chips").children].indexOf(document.activeElement);
    this.part("chips").replaceChildren(...found);
    if (before >= 0) (found[Math.min(before, found.length - 1)] ?? this.input).focus();
    this.filters.dataset.count = [...this.asked.chosen.values()].reduce((sum, wanted) => sum + wanted.size, 0) || "";
  }

  chosen(facet, word) {
    const place = facet.places.get(word);
    return this.chip(facet.name, place === undefined ? word : shown(facet.options[place]), () => this.toggle(facet.key, word));
  }

  chip(name, value, remove) {
    const cross = make("span", {"aria-hidden": "true", class: "hw-find__cross"}, "×");
    return make("button", {type: "button", class: "hw-find__chip", "aria-label": `Remove ${name}: ${value}`, on: {click: remove}}, make("span", {}, `${name}: `), make("b", {}, value), cross);
  }

  // ---- pages of fifty

  turn(page, pages) {
    this.pager.hidden = pages === 1;
    const step = (label, to) => make("button", {type: "button", class: "hw-button", disabled: to < 1 || to > pages, on: {click: () => this.leaf(to)}}, label);
    const held = [...this.pager.children].indexOf(document.activeElement);
    this.pager.replaceChildren(step("Previous", page - 1), make("span", {}, `Page ${page.toLocaleString("en")} of ${pages.toLocaleString("en")}`), step("Next", page + 1));
    if (held >= 0) (this.pager.children[held].disabled ? this.pager.children[2 - held] : this.pager.children[held]).focus();
  }

  leaf(page) {
    this.ask({page});
    requestAnimationFrame(() => this.part("told").scrollIntoView({block: "center"}));
  }

  // ---- keys: down into the results, up again, Escape back to the words

  move(event) {
    const links = [...this.root.querySelectorAll("tbody .hw-find__title a")], here = links.indexOf(document.activeElement);
    const typing = document.activeElement === this.input;
    if (event.key === "Escape" && here >= 0) this.input.focus();
    else if (event.key === "ArrowDown" && (typing || here >= 0)) links[here + 1]?.focus();
    else if (event.key === "ArrowUp" && here === 0) this.input.focus();
    else if (event.key === "ArrowUp" && here > 0) links[here - 1].focus();
    else return;
    event.preventDefault();
  }
}

/** A facet: its options with how many postmortems each would give. They are made when it is opened first. */
class Box {
  constructor(facet, toggle) {
    Object.assign(this, {facet, toggle, lines: null, counts: null, wanted: null});
    this.list = make("div", {class: "hw-facet__options", role: "group", "aria-label": facet.name});
    this.mark = make("span", {class: "hw-facet__chosen"});
    this.details = make("details", {class: "hw-facet", on: {toggle: () => this.details.open && this.fill()}}, make("summary", {}, facet.name, this.mark), this.list);
    this.details.open = OPEN.has(facet.key);
  }

  show(counts, wanted) {
    Object.assign(this, {counts, wanted});
    this.mark.textContent = wanted?.size || "";
    this.details.hidden = !wanted?.size && counts.filter(Boolean).length === 0;
    if (this.details.open) this.fill();
  }

  fill() {
    this.lines ??= this.make();
    const short = words(this.narrow?.value ?? "").map(needle);
    this.lines.forEach((line, place) => {
      const checked = this.wanted?.has(line.word) ?? false, count = this.counts[place];
      if (line.count !== count) line.number.textContent = count.toLocaleString("en");
      line.count = count;
      line.box.checked = checked;
      line.label.hidden = !checked && (!short.every(word => line.text.includes(word)) || (count === 0 && (line.word === NONE || this.lines.length > MANY)));
      line.label.classList.toggle("hw-facet__empty", count === 0);
    });
  }

  make() {
    const lines = this.facet.options.map(option => this.option(option));
    if (lines.length > MANY) {
      this.narrow = make("input", {type: "search", class: "hw-facet__narrow", "aria-label": `Narrow ${this.facet.name}`, placeholder: "Narrow", autocomplete: "off", on: {input: () => this.fill()}});
      this.list.before(this.narrow);
    }
    this.list.append(...lines.map(line => line.label));
    return lines;
  }

  option(option) {
    const box = make("input", {type: "checkbox", on: {change: () => this.toggle(option.word)}}), number = make("span", {class: "hw-facet__count"});
    return {word: option.word, box, number, count: -1, text: ` ${words(`${shown(option)} ${option.word}`).join(" ")}`, label: make("label", {}, box, make("span", {class: "hw-facet__name"}, shown(option)), number)};
  }
}

async function begin(root) {
  try {
    const response = await fetch(root.dataset.rows);
    if (!response.ok) throw new Error(response.statusText);
    new Find(root, archive(await response.json()));
  } catch (error) {
    root.querySelector(".hw-find__told").textContent = "The postmortems could not be fetched, so only the newest are shown. The lists above have them all.";
    throw error;
  }
}

document.querySelectorAll(".hw-find").forEach(begin);
