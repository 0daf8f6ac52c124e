// The filter page: every postmortem is fetched once, filtered in memory, and what is asked for is kept in the address.

import {PAGE, address, answer, archive, question, shown} from "./find-answer.js";
import {Box} from "./find-facet.js";
import {line, make} from "./find-markup.js";
import {counted} from "./find-words.js";

const LARGEST_FIRST = new Set(["date", "mitigate"]);

class Find {
  constructor(root, all, left) {
    Object.assign(this, {root, all, left, path: location.pathname, asked: question(all, location.search)});
    this.part = name => root.querySelector(`.hw-find__${name}`);
    this.keys = [...root.querySelectorAll("th")].map(head => head.dataset.sort);
    this.build();
    this.show();
  }

  build() {
    this.input = this.part("words");
    this.input.value = this.asked.words;
    this.input.addEventListener("input", () => this.ask({words: this.input.value}));
    this.root.addEventListener("keydown", event => this.move(event));
    for (const head of this.root.querySelectorAll("th")) this.sorter(head);
    this.boxes = this.all.facets.map(facet => this.facet(facet));
    this.filters = make("summary", {}, "Filters");
    const wide = matchMedia("(min-width: 60em)");
    const folded = make("details", {class: "hw-find__fold", open: wide.matches}, this.filters, ...this.boxes.map(box => box.details));
    const until = {signal: this.left};
    wide.addEventListener("change", () => { folded.open = wide.matches; }, until);
    this.part("facets").replaceChildren(folded);
    this.pager = make("nav", {class: "hw-find__pager", "aria-label": "Pages"});
    this.part("results").append(this.pager);
    this.root.classList.add("hw-find--ready");
    addEventListener("popstate", () => this.reread(), until);
    addEventListener("pageshow", event => event.persisted && this.reread(), until);
    addEventListener("pagehide", () => this.keep(), until);
  }

  /** Whether the address is this page's own. Where pages change without being loaded, it is the next one's a little before the page is. */
  get here() {
    return !this.left.aborted && location.pathname === this.path;
  }

  reread() {
    if (!this.here) return;
    this.asked = question(this.all, location.search);
    this.input.value = this.asked.words;
    this.show();
  }

  /** Change the question, go to its first page, and show the answer before the next picture. */
  ask(change) {
    this.asked = {...this.asked, page: 1, ...change};
    this.pending ??= requestAnimationFrame(() => this.flush());
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), 200); // browsers count how often an address changes
  }

  /** Show now what is still to be shown. */
  flush() {
    if (!this.pending) return;
    cancelAnimationFrame(this.pending);
    this.pending = null;
    this.show();
  }

  keep() {
    clearTimeout(this.keeping);
    const search = address(this.asked);
    if (this.here && search !== location.search) history.replaceState(history.state, "", location.pathname + search);
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
    this.ask({words: "", chosen: new Map()});
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

  facet(facet) {
    const box = new Box(facet, word => this.toggle(facet.key, word));
    box.details.open = box.details.open || this.asked.chosen.has(facet.key);
    return box;
  }

  // ---- chips of what is asked for

  chips() {
    const found = [];
    if (this.asked.words.trim()) found.push(this.chip("Words", this.asked.words.trim(), () => { this.input.value = ""; this.ask({words: ""}); }));
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
    if (!["Escape", "ArrowDown", "ArrowUp"].includes(event.key)) return;
    this.flush();
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

async function begin(root, left) {
  root.classList.toggle("hw-find--asking", location.search !== "");
  try {
    const response = await fetch(root.dataset.rows);
    if (!response.ok) throw new Error(response.statusText);
    const all = archive(await response.json());
    if (!left.aborted) new Find(root, all, left);
  } catch (error) {
    root.querySelector(".hw-find__told").textContent = "The postmortems could not be fetched, so only the newest are shown. The lists above have them all.";
    throw error;
  } finally {
    root.classList.remove("hw-find--asking");
  }
}

let at;

/** Take up the page that is shown, and let go of one that was left: with `navigation.instant`, the theme changes pages below a script that goes on. */
function take() {
  const root = document.querySelector(".hw-find");
  if (root === at?.root) return;
  at?.leaving.abort();
  at = root ? {root, leaving: new AbortController()} : undefined;
  if (root) begin(root, at.leaving.signal);
}

take();
window.document$?.subscribe(take);
