// Elements of the filter page, made of values so that a value never becomes markup.

import {said, shown} from "./find-answer.js";
import {counted, spoken} from "./find-words.js";

/** An element; text becomes text, never markup. */
export function make(name, {on = {}, ...attributes} = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

const chip = (label, look) => make("span", {class: `hw-chip hw-chip--${look}`}, label);
const spaced = parts => parts.flatMap((part, place) => (place ? [" ", part] : [part]));

/** A row of the table, as the page bears it without a script too. */
export function line(all, row, keys) {
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
  class: (all, row) => said(all, "class", row).flatMap((option, place) => [place ? ", " : "", make(option.to ? "a" : "span", {href: option.to, class: "hw-class"}, shown(option))]),
  mitigate: (all, row) => [all.mitigate[row] === null ? "" : spoken(all.mitigate[row])],
  fix: (all, row) => said(all, "fix", row).map(option => verdict(option, all.held[row])),
};

function verdict(option, held) {
  if (held === -1) return chip("overdue", "warn");
  return chip(option.word === "holding" ? `holding ${counted(held, "day")}` : option.word, option.look);
}
