// The search field: a list of names that the arrow keys walk through.
"use strict";

zhize.search = (() => {
  const { data, state, text, make } = zhize;
  const byId = (id) => document.getElementById(id);
  const query = byId("query");
  const list = byId("list");
  let marked = -1;

  function close() {
    byId("hits").hidden = true;
    query.setAttribute("aria-expanded", "false");
    query.removeAttribute("aria-activedescendant");
    marked = -1;
  }

  function mark(step) {
    const items = [...list.children];
    if (!items.length) return;
    marked = (marked + step + items.length) % items.length;
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === marked)));
    query.setAttribute("aria-activedescendant", items[marked].id);
    items[marked].scrollIntoView({ block: "nearest" });
  }

  function take(subject) {
    close();
    query.value = data.subjects[subject].name;
    zhize.choose(subject);
  }

  function hit(subject, at) {
    const row = data.subjects[subject];
    const note = row.number || text("items", { n: zhize.cardsOf[subject].length });
    const item = make("li", "", make("span", "", row.name), make("small", "", note));
    item.id = `hit-${at}`;
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => { event.preventDefault(); take(subject); });
    item.subject = subject;
    return item;
  }

  function search() {
    const words = query.value.trim();
    if (!words) return close();
    const hits = zhize.find(words);
    byId("found").textContent = hits.length ? text("search_found", { n: hits.length }) : text("search_none");
    list.replaceChildren(...hits.slice(0, 30).map(hit));
    byId("hits").hidden = false;
    query.setAttribute("aria-expanded", "true");
    marked = -1;
    return mark(1);
  }

  function wire() {
    query.placeholder = text(`search_${data.kind}`);
    query.setAttribute("aria-label", text(`search_${data.kind}`));
    list.setAttribute("aria-label", text(`search_${data.kind}`));
    query.addEventListener("input", search);
    query.addEventListener("focus", () => { if (query.value && state.subject === null) search(); });
    query.addEventListener("blur", close);
    query.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") mark(1);
      else if (event.key === "ArrowUp") mark(-1);
      else if (event.key === "Enter" && marked >= 0) take(list.children[marked].subject);
      else if (event.key === "Escape") { query.value = ""; close(); } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  return { wire };
})();
