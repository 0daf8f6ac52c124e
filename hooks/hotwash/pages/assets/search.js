// Full-text search in Material's own box: Pagefind finds, this shows. Everything found is set as text, never as markup.
"use strict";

(() => {
  const box = document.querySelector("[data-hw-search]");
  const open = document.getElementById("__search");
  if (!box || !open) return;

  const PAGE = 10;
  const BUDGET = 600;  // kB of the index for one query; all else that it fetches is less than 400
  const ENDING = /(?<=.{5})(?:es|e)$|(?<=.{4})(?:ed|ing|(?<!s)s)$|(?<=[aeiou][^aeious])s$/u;
  const PHRASE = /["“”„][^"“”„]+["“”„]/;
  const site = new URL("../../", document.currentScript.src);
  const form = box.querySelector("form");
  const input = box.querySelector("input");
  const said = box.querySelector(".md-search-result__meta");
  const list = box.querySelector(".md-search-result__list");
  const invitation = said.textContent;
  let asked = "";
  let engine;

  const element = (name, look, ...children) => {
    const made = document.createElement(name);
    if (look) made.className = look;
    made.append(...children);
    return made;
  };

  // ---- finding

  async function load() {
    if (location.protocol === "file:") throw new Error("file");
    const [marks, common] = await Promise.all(["shards", "common"].map(async name => (await fetch(new URL(`pagefind/${name}.json`, site))).json()));
    const pagefind = marks.length ? await import(new URL("pagefind/0/pagefind.js", site)) : undefined;
    const options = number => ({ baseUrl: site.pathname, metaCacheTag: marks[number], ranking: { metaWeights: { beside: 0 } }, excerptLength: 28, mergeFilter: { shard: `${number}` } });
    const others = [...marks.keys()].slice(1);
    await pagefind?.options(options(0));
    await pagefind?.init();
    await Promise.all(others.map(number => pagefind.mergeIndex(new URL(`pagefind/${number}/`, site).pathname, options(number))));
    return { pagefind, shards: [...marks.keys()], common: new Map(Object.entries(common)) };
  }

  // Where all words are too much to fetch, those that many pages have are left aside, and those that tell pages apart never are.
  function choose(words, common) {
    const typed = words.split(/\s+/);
    const least = common.get("");
    // For `items`, Pagefind may fetch `it` too; not though `the` for `theory`, which has a word beside it (see `beside` where common words are counted).
    const pieces = root => [...root].map((_, at) => root.slice(0, at + 1)).filter(part => part === root || common.get(part) < 6 * least);
    const cost = parts => [...parts].reduce((sum, part) => sum + (common.get(part) ?? least), 0);
    const asked = [...new Set(typed.map(bare))].filter(Boolean).map(word => [word, pieces(word.replace(ENDING, ""))]);
    const isCommon = parts => common.has(parts.at(-1));
    const kept = new Set([""]);  // what is no word costs nothing
    let fetched = [];
    for (const [word, parts] of asked.sort(([, one], [, other]) => isCommon(one) - isCommon(other) || cost(one) - cost(other))) {
      const together = [...new Set([...fetched, ...parts])];
      if (isCommon(parts) && cost(kept.size > 1 ? together : parts.slice(-1)) > BUDGET) continue;
      kept.add(word);
      fetched = together;
    }
    const aside = [...new Set(typed.filter(word => !kept.has(bare(word))).map(trimmed))];
    if (!aside.length) return { wanted: words, aside };
    const plain = kept.size > 1 ? typed.filter(word => kept.has(bare(word))).join(" ").replaceAll('"', "") : "";
    const phrase = plain && /^"[^"]+"$/.test(words) && typed.join(" ").includes(plain);
    return { wanted: phrase ? `"${plain}"` : plain, aside };
  }

  // Where a shard has no such word, Pagefind gives what begins a little like it. All results of a shard are of one kind, so its best one tells.
  async function inShard({ pagefind }, number, words) {
    const { results } = await pagefind.search(words, { filters: { shard: `${number}` } });
    return results.length && meant(words, await results[0].data()) ? results : [];
  }

  const trimmed = word => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "");
  const bare = word => word.normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
  const stem = word => word.slice(0, Math.max(3, Math.ceil(word.length / 2), 1 + word.search(/\d\D*$/)));  // endings vary, numbers do not
  const matched = page => { const all = page.content.split(/\s+/); return page.locations.map(place => all[place] ?? ""); };

  function meant(words, page) {
    const seen = [...matched(page), ...`${page.meta.title} ${page.meta.facts ?? ""}`.split(/\s+/)].flatMap(word => [bare(word), ...word.split(/[^\p{L}\p{N}]+/u).map(bare)]);
    const latin = words.split(/\s+/).map(bare).filter(word => /^[\p{Script=Latin}\p{N}]+$/u.test(word));
    return latin.every(word => seen.some(other => other.startsWith(stem(word))));
  }

  async function find(words) {
    engine ??= load();
    try {
      const found = await engine;
      await new Promise(done => setTimeout(done, 200));
      if (words !== asked) return;
      const { wanted, aside } = choose(words.replace(/[“”„]/g, '"'), found.common);  // which phones type
      const parts = wanted ? await Promise.all(found.shards.map(number => inShard(found, number, wanted))) : [];
      if (words === asked) await show(words, parts.flat().sort((one, other) => other.score - one.score), aside, wanted);
    } catch (error) {
      engine = undefined;
      if (words === asked) fail(error);
    }
  }

  function ask() {
    const words = input.value.trim();
    if (words === asked) return undefined;
    asked = words;
    if (words) return find(words);
    remember("");
    list.replaceChildren();
    return say(invitation);
  }

  // ---- showing

  const say = (...text) => said.replaceChildren(...text);

  async function show(words, results, aside, wanted) {
    const count = results.length;
    remember(words);
    list.replaceChildren();
    box.querySelector(".md-search__scrollwrap").scrollTop = 0;
    const loose = wanted && PHRASE.test(words) && !PHRASE.test(wanted) ? "not as a phrase; " : "";
    const left = aside.length ? `${loose}left aside as too common: ${aside.join(", ")}` : "";
    if (count === 0) return wanted ? nothing(words, left) : tooCommon(left);
    await more(words, results, 0);
    if (words === asked) say(count === 1 ? "1 result" : `${count.toLocaleString("en")} results`, left && ` · ${left}`);
  }

  async function more(words, results, from) {
    const pages = await Promise.all(results.slice(from, from + PAGE).map(result => result.data()));
    if (words !== asked) return;
    const items = pages.map(item);
    list.append(...items);
    if (from + PAGE < results.length) {
      new IntersectionObserver(([seen], watch) => {
        if (!seen.isIntersecting) return;
        watch.disconnect();
        more(words, results, from + PAGE);
      }).observe(items.at(-1));
    }
  }

  function item(page) {
    const words = reached(page);
    const facts = page.meta.facts ? [element("p", "hw-found__facts", page.meta.facts)] : [];
    const whole = link(page.url, words, page.excerpt, element("h1", "", page.meta.title), ...facts);
    whole.firstChild.prepend(element("div", "md-search-result__icon md-icon"));
    const parts = page.sub_results.filter(part => part.url !== page.url).slice(0, 8);
    const made = element("li", "md-search-result__item", whole);
    if (parts.length > 1) {
      const more = element("summary", "", element("div", "", `In ${parts.length} sections`));
      more.tabIndex = -1;
      made.append(element("details", "md-search-result__more", more, ...parts.map(part => link(part.url, words, part.excerpt, element("h2", "", part.title)))));
    }
    return made;
  }

  // The index knows a page by one name, without folders, to which Pagefind adds where the site stands, and a part of the page.
  const place = address => address.slice(site.pathname.length).replace(/^[^#]*/, name => name.replaceAll("%2F", "/").replace(/(^|\/)index\.html$/, "$1"));

  // What is marked on the page that a result leads to: the words asked for, and their other forms that were found.
  function reached(page) {
    const found = matched(page).map(word => trimmed(word).toLowerCase());
    return [...new Set([...asked.toLowerCase().split(/\s+/), ...found.filter(word => word && word.length < 20)])].slice(0, 12).join(" ");
  }

  function link(address, words, excerpt, ...head) {
    const made = element("a", "md-search-result__link", element("article", "md-search-result__article md-typeset", ...head, element("p", "", ...marked(excerpt))));
    const where = new URL(place(address), site);
    where.searchParams.set("h", words);
    made.href = where;
    made.tabIndex = -1;
    return made;
  }

  // Pagefind's excerpt is text with <mark> around what matched, and < and > escaped.
  const cut = excerpt => `${/^(<mark>)?[\p{Lu}\p{N}]/u.test(excerpt) ? "" : "… "}${excerpt}${/[.!?]$/.test(excerpt) ? "" : " …"}`;
  const marked = excerpt => cut(excerpt).split(/(<mark>.*?<\/mark>)/s).filter(Boolean).map(part => {
    const text = part.replace(/<\/?mark>/g, "").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return part.startsWith("<mark>") ? element("mark", "", text) : text;
  });

  const nothing = (words, left) => suggest(`Nothing found for “${words}”${left && `, ${left}`}. Try fewer or more common words, or `);
  const tooCommon = left => suggest(`L${left.slice(1)}. Add a word that few pages have, or `);

  function suggest(what) {
    const all = element("a", "", "choose among all postmortems");
    all.href = new URL(box.dataset.hwAll, site);
    say(what, all, " by service, class, or date.");
  }

  function fail(error) {
    list.replaceChildren();
    say(error.message === "file"
      ? "Searching needs a web server: these pages were opened as files. `mkdocs serve` shows them with a search that works."
      : "The search index could not be read. It may still be being made; try again in a moment.");
  }

  // ---- the address

  function remember(words) {
    const here = new URL(location);
    if ((here.searchParams.get("q") ?? "") === words) return;
    if (words) here.searchParams.set("q", words);
    else here.searchParams.delete("q");
    history.replaceState(history.state, "", here);
  }

  // ---- opening, closing, keys

  const close = () => { open.checked = false; input.blur(); remember(""); };
  const typing = element => element && (element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName));

  function step(by) {
    const stops = [input, ...list.querySelectorAll(".md-search-result__item > a, summary, details[open] > a")];
    const at = Math.max(0, stops.indexOf(document.activeElement));
    stops[(at + by + stops.length) % stops.length].focus();
  }

  function onKey(event) {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (open.checked) {
      if (event.key === "Escape" || event.key === "Tab") return close();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "Enter" && document.activeElement === input) list.querySelector("a")?.click();
      else return event.key.length === 1 && document.activeElement !== input && event.key !== " " ? input.focus() : undefined;
    } else if (["/", "s", "f"].includes(event.key) && !typing(document.activeElement)) {
      open.checked = true;
      input.focus();
      input.select();
    } else return undefined;
    event.preventDefault();
    return event.stopPropagation();
  }

  addEventListener("keydown", onKey, true);
  input.addEventListener("focus", () => { open.checked = true; engine ??= load().catch(error => { engine = undefined; fail(error); }); });
  open.addEventListener("change", () => (open.checked ? input.focus() : close()));
  input.addEventListener("input", ask);
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { ask(); input.focus(); }));

  // ---- arriving

  // What was searched for is marked on the page it was found on.
  function mark(words) {
    const wanted = words.split(/\s+/).filter(Boolean).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const text = document.createTreeWalker(document.querySelector(".md-content"), NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (text.nextNode()) if (!text.currentNode.parentElement.closest("svg, script, style, select, textarea, option")) nodes.push(text.currentNode);
    const found = new RegExp(`(?<![\\p{L}\\p{N}])((?:${wanted.join("|")})[\\p{L}\\p{N}]*)`, "giu");
    for (const node of nodes) {
      const parts = node.data.split(found);
      if (parts.length > 1) node.replaceWith(...parts.map((part, number) => (number % 2 ? element("mark", "hw-found", part) : part)));
    }
  }

  let shown;

  // With `navigation.instant`, the theme changes pages without loading them, says so, and shuts the box an eighth of a second after each change.
  function arrive() {
    const content = document.querySelector(".md-content");
    if (!content || content === shown) return;
    const wait = shown ? 200 : 0;
    shown = content;
    const { searchParams } = new URL(location);
    const arrived = searchParams.get("h");
    if (arrived?.trim()) mark(arrived);
    const words = searchParams.get("q");
    if (words) setTimeout(reopen, wait, words);
  }

  function reopen(words) {
    input.value = words;
    input.focus();
    ask();
  }

  arrive();
  window.document$?.subscribe(arrive);
})();
