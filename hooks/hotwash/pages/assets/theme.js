// What the theme leaves open: buttons without a name or a place in the order of the keyboard, the tab of a page in no menu, and parts that paper should show unfolded.

const NAMES = {"__drawer": "Menu", "__search": "Search"};

// A label is no button, and may not call itself one: what it holds becomes one.
function pressed(label) {
  const button = document.createElement("span");
  button.tabIndex = 0;
  button.className = "hw-press";
  button.setAttribute("role", "button");
  button.setAttribute("aria-label", NAMES[label.htmlFor]);
  button.append(...label.childNodes);
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    label.click();
  });
  label.append(button);
}

// The buttons beside a block of code come later, each in a landmark of its own, and are no place to travel to.
function grouped() {
  for (const nav of document.querySelectorAll("nav.md-code__nav:not([role])")) nav.setAttribute("role", "presentation");
}

for (const label of document.querySelectorAll("label.md-header__button[for]")) if (NAMES[label.htmlFor]) pressed(label);
document.querySelector(".md-search[role=dialog]:not([aria-label])")?.setAttribute("aria-label", NAMES.__search);
// A page that stands in no menu, as postmortems do, belongs to the tab in whose folder it lies.
function tabbed() {
  const tabs = [...document.querySelectorAll(".md-tabs__link")].map((link) => ({link, folder: new URL(".", link.href).pathname}));
  const root = Math.min(...tabs.map((tab) => tab.folder.length));
  const mine = tabs.find((tab) => tab.folder.length > root && location.pathname.startsWith(tab.folder));
  mine?.link.closest(".md-tabs__item").classList.add("md-tabs__item--active");
}

let shown;

// With `navigation.instant`, the theme changes pages without loading them, and says so.
function page() {
  const article = document.querySelector("article");
  if (article === shown) return;
  shown = article;
  if (!document.querySelector(".md-tabs__item--active")) tabbed();
  if (!article?.querySelector("pre > code")) return;
  grouped();
  new MutationObserver(grouped).observe(article, {childList: true, subtree: true});
}

page();
window.document$?.subscribe(page);

let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("article details:not([open])")];
  for (const part of folded) part.open = true;
});
addEventListener("afterprint", () => { for (const part of folded) part.open = false; });
