// A facet of the filter page.

import {NONE, shown} from "./find-answer.js";
import {make} from "./find-markup.js";
import {needle, words} from "./find-words.js";

const MANY = 12; // options from which it can be narrowed
const OPEN = new Set(["severity", "status", "fix", "service"]);

/** A facet: its options with how many postmortems each would give. They are made when it is opened first. */
export class Box {
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
