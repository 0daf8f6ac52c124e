// The archive in memory, the question that an address holds, and the answer to it. Nothing here knows the page.

import {fold, needle, words} from "./find-words.js";

export const NONE = "none";
export const PAGE = 50;
const WORDS = "words"; // Material opens its own search at `q`
const COLUMNS = ["date", "severity", "title", "service", "class", "mitigate", "fix"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The rows with what is computed from them once: their words, and the facets that follow from the day. */
export function archive(fetched) {
  const facets = [...fetched.facets.map(facet => ({...facet, of: facet.of.map(of => (of === -1 ? [] : [].concat(of)))})), ...ofDays(fetched.day)].map(complete);
  const by = Object.fromEntries(facets.map(facet => [facet.key, facet]));
  const all = {...fetched, size: fetched.id.length, facets, by, orders: new Map()};
  all.texts = texts(all);
  return all;
}

export const shown = option => option.name ?? option.word;

/** The options that a row has in a facet. */
export function said(all, key, row) {
  const facet = all.by[key];
  return facet ? [...facet.flat.subarray(facet.starts[row], facet.starts[row + 1])].map(place => facet.options[place]).filter(option => option.word !== NONE) : [];
}

/** Per row the words by which it is found, a space before each. */
function texts(all) {
  const common = all.words.map(fold);
  for (const key of ["service", "class"]) for (const option of all.by[key].options) option.text = option.word === NONE ? "" : words(`${option.name ?? ""} ${option.word}`).join(" ");
  return Array.from({length: all.size}, (_, row) => {
    const named = [...said(all, "service", row), ...said(all, "class", row)].map(option => option.text);
    return ` ${[...words(all.title[row]), fold(all.id[row]).replaceAll("-", " "), ...named, ...all.text[row].map(place => common[place])].join(" ")}`;
  });
}

function ofDays(days) {
  return [
    ofDay(days, "year", "Year", day => day.slice(0, 4), word => word),
    ofDay(days, "quarter", "Quarter", day => `${day.slice(0, 4)}-Q${Math.ceil(day.slice(5, 7) / 3)}`, word => word.replace("-", " ")),
    ofDay(days, "month", "Month", day => day.slice(0, 7), word => `${MONTHS[word.slice(5) - 1] ?? "?"} ${word.slice(0, 4)}`),
  ];
}

function ofDay(days, key, name, part, shown) {
  const sorted = [...new Set(days.filter(Boolean).map(part))].sort().reverse();
  const places = new Map(sorted.map((word, place) => [word, place]));
  return {key, name, options: sorted.map(word => ({word, name: shown(word)})), of: days.map(day => (day ? [places.get(part(day))] : []))};
}

/** A facet with one more option for the rows that do not say, and its rows in one array: `flat` from `starts[row]` to `starts[row + 1]`. */
function complete({of, options, ...facet}) {
  const last = options.length, starts = new Uint32Array(of.length + 1), flat = [];
  of.forEach((places, row) => {
    flat.push(...(places.length ? places : [last]));
    starts[row + 1] = flat.length;
  });
  const all = [...options, {word: NONE, name: "Not said"}];
  return {...facet, options: all, places: new Map(all.map((option, place) => [option.word, place])), starts, flat: Uint32Array.from(flat)};
}

// ---- what is asked for

/** The question that an address holds. What it asks and no postmortem has is kept: then nothing matches, rather than everything. */
export function question(all, address) {
  const asked = new URLSearchParams(address);
  const chosen = new Map();
  for (const {key} of all.facets) {
    const wanted = asked.getAll(key).filter(Boolean);
    if (wanted.length) chosen.set(key, new Set(wanted));
  }
  const sort = asked.get("sort") ?? "";
  return {words: asked.get(WORDS) ?? "", chosen, sort: COLUMNS.includes(sort.replace(/^-/, "")) ? sort : "-date", page: Math.max(1, Number.parseInt(asked.get("page"), 10) || 1)};
}

/** The address of a question, without what goes without saying. */
export function address(asked) {
  const pairs = new URLSearchParams();
  if (asked.words.trim()) pairs.set(WORDS, asked.words.trim());
  for (const [key, wanted] of asked.chosen) for (const word of wanted) pairs.append(key, word);
  if (asked.sort !== "-date") pairs.set("sort", asked.sort);
  if (asked.page > 1) pairs.set("page", asked.page);
  return pairs.toString() ? `?${pairs}` : "";
}

// ---- the answer

/** The rows that match, in order, and for every facet how many rows each of its options would give beside what is asked of the others. */
export function answer(all, asked) {
  const needles = words(asked.words).filter(word => !all.ignored.includes(word)).map(needle);
  const tallies = all.facets.map(facet => ({...facet, counts: new Uint32Array(facet.options.length), allowed: allowed(facet, asked.chosen.get(facet.key))}));
  const limits = tallies.filter(tally => tally.allowed);
  const rows = [];
  for (const row of ordered(all, asked.sort)) {
    if (!holds(all.texts[row], needles)) continue;
    const missed = limits.length ? unmet(limits, row) : 0;
    if (missed === 0) {
      rows.push(row);
      for (let place = 0; place < tallies.length; place += 1) count(tallies[place], row);
    } else if (missed !== MANY) count(missed, row);
  }
  return {rows, counts: tallies.map(tally => tally.counts)};
}

const MANY = Symbol("more than one limit");

function holds(text, needles) {
  for (let place = 0; place < needles.length; place += 1) if (!text.includes(needles[place])) return false;
  return true;
}

/** The one limit that a row does not meet; 0 for none. */
function unmet(limits, row) {
  let missed = 0;
  for (const limit of limits) {
    let met = false;
    for (let place = limit.starts[row]; place < limit.starts[row + 1]; place += 1) met ||= limit.allowed[limit.flat[place]];
    if (!met && missed) return MANY;
    if (!met) missed = limit;
  }
  return missed;
}

function count({counts, flat, starts}, row) {
  for (let place = starts[row]; place < starts[row + 1]; place += 1) counts[flat[place]] += 1;
}

/** Which options of a facet are allowed; null where any is. */
const allowed = (facet, wanted) => (wanted?.size ? facet.options.map(option => wanted.has(option.word)) : null);

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
  const facet = all.by[key];
  if (key === "mitigate") return all.mitigate;
  if (key === "title") return all.title.map(fold);
  if (!facet) return all.day.map(day => day || null);
  const byPlace = key === "severity" || key === "fix";
  const ranks = facet.options.map((option, place) => (option.word === NONE ? null : byPlace ? place : fold(shown(option))));
  return all.day.map((_, row) => ranks[facet.flat[facet.starts[row]]]);
}
