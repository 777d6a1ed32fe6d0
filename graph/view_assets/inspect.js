// The proof-reading page: the text with its facts in place, the record of the chosen one, what is to be checked first.
"use strict";

const zhize = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { items, sections, kinds } = data;
  const byId = (id) => document.getElementById(id);
  const stage = byId("stage");
  const panel = byId("panel");
  const FURNITURE = -1;
  const STEP = 60; // entries of a list that are shown at once
  const state = { hidden: new Set(), words: "", chosen: null };
  const spans = items.map(() => []);
  const todo = new Set(data.todo);

  function text(key, values = {}) {
    return String(data.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  /** An element. Words reach it as text nodes only, whatever they look like. */
  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    for (const child of children) {
      if (child !== null && child !== undefined && child !== "") element.append(child);
    }
    return element;
  }

  function button(className, act, ...children) {
    const element = make("button", className, ...children);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  const field = (item, name) => (item.f.find((pair) => pair[0] === name) || [])[1];
  const said = (name, value) => (typeof value === "boolean" ? text(`v_${value}`) : data.texts[`v_${name}_${value}`] ?? value);
  const isShown = (number) => !state.hidden.has(items[number].k) && (!state.words || items[number].k === "clause" || fits(items[number]));
  const fits = (item) => item.n.includes(state.words) || item.f.some(([, value]) => typeof value === "string" && value.includes(state.words));

  /** The facts on a stretch that the filters leave, the widest first. */
  const over = (span) => span.ids.filter((number) => number !== FURNITURE && isShown(number));

  /** Gives a stretch the looks of its innermost fact, a line for the one around it, and the weight of a heading. */
  function paint(span) {
    const shown = over(span);
    const facts = shown.filter((number) => items[number].k !== "clause");
    const real = facts.filter((number) => items[number].k !== "note");
    const inner = real.at(-1) ?? facts.at(-1) ?? shown.at(-1);
    const names = span.ids.includes(FURNITURE) ? ["furniture"] : [];
    if (inner !== undefined) {
      names.push("m", `k-${items[inner].k}`);
      const outer = facts.filter((number) => number !== inner && items[number].k !== items[inner].k).at(-1);
      if (outer !== undefined) names.push(`o-${items[outer].k}`);
      if (facts.length && shown.some((number) => items[number].k === "clause")) names.push("headed");
      if (items[inner].d) names.push("doubt");
      const chosen = state.chosen;
      if (chosen !== null && shown.includes(chosen)) names.push("chosen");
      else if (chosen !== null && items[chosen].a && shown.some((n) => peers(chosen, n))) names.push("peer");
    }
    span.element.className = names.join(" ");
  }

  const peers = (a, b) => items[a].a !== undefined && items[a].a === items[b].a && items[a].p === items[b].p;
  const all = [];

  function buildText() {
    const parts = document.createDocumentFragment();
    sections.forEach((section, number) => {
      const words = make("div", "text");
      for (const part of section.parts) {
        if (typeof part === "string") {
          words.append(part);
          continue;
        }
        const span = { element: make("span", "", part[0]), ids: part.slice(1) };
        span.element.dataset.at = all.length;
        for (const id of span.ids) if (id !== FURNITURE) spans[id].push(span);
        all.push(span);
        words.append(span.element);
      }
      const block = make("section", section.head ? "policy" : "policy outside", heading(section, number), words);
      block.id = `section-${number}`;
      parts.append(block);
    });
    all.forEach(paint);
    stage.append(parts);
  }

  function heading(section, number) {
    if (!section.head) return make("p", "where", text("outside"));
    const get = (name) => (section.head.find((pair) => pair[0] === name) || [])[1];
    const about = [get("number"), get("dated"), get("issuer")].filter(Boolean).join("　");
    const head = make("header", "", make("b", "", get("title")), make("small", "", about));
    head.addEventListener("click", () => showPolicy(number));
    return head;
  }

  /** The facts that J and K go through, in the order of the text. */
  const walk = (only) => items.map((_, n) => n).filter((n) => items[n].k !== "clause" && spans[n].length && isShown(n) && (!only || only.has(n)));

  /** The first fact that begins at or below the upper third of what is seen. */
  function fromView(numbers) {
    const line = stage.getBoundingClientRect().top + stage.clientHeight / 3;
    let [low, high] = [0, numbers.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (spans[numbers[middle]][0].element.getBoundingClientRect().top < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function step(way, only = null) {
    const numbers = walk(only);
    if (!numbers.length) return;
    const here = state.chosen === null || items[state.chosen].k === "clause" ? -1 : numbers.indexOf(state.chosen);
    let next = here + way;
    if (here < 0) {
      const after = state.chosen === null ? fromView(numbers) : numbers.findIndex((n) => n > state.chosen);
      next = way > 0 ? after : after - 1;
    }
    choose(numbers[(next + numbers.length) % numbers.length]);
  }

  function choose(number, scroll = true) {
    const before = state.chosen;
    state.chosen = number;
    const touched = new Set();
    for (const one of [before, number]) {
      if (one === null) continue;
      items.forEach((_, n) => { if (n === one || peers(one, n)) spans[n].forEach((span) => touched.add(span)); });
    }
    touched.forEach(paint);
    if (number === null) showList();
    else {
      if (scroll && spans[number].length) spans[number][0].element.scrollIntoView({ block: "start" });
      showItem(number);
    }
    place();
  }

  function place() {
    const numbers = walk(null);
    const at = numbers.indexOf(state.chosen);
    byId("position").textContent = at >= 0 ? text("position", { at: at + 1, n: numbers.length }) : text("found", { n: numbers.length });
  }

  function fill(...children) {
    panel.className = "panel";
    panel.replaceChildren(button("close", () => panel.classList.add("shut"), "×"), ...children.filter(Boolean));
    panel.querySelector(".close").setAttribute("aria-label", text("close"));
    panel.scrollTop = 0;
  }

  function badge(item) {
    return make("span", `badge k-${item.k}`, text(`k_${item.k}`));
  }

  const section = (item) => (sections[item.p].head || []).find((pair) => pair[0] === "title")?.[1] ?? "";

  function entry(number, long) {
    const item = items[number];
    const doubt = item.w?.join("；") ?? field(item, "reason") ?? text("weak", { n: field(item, "confidence") });
    const why = item.k === "note" ? said("kind", field(item, "kind")) : `${text(`k_${item.k}`)}　${doubt}`;
    return make("li", "", button("", () => choose(number), item.n, make("small", "", `${why}　${field(item, "clause") ?? ""}　${long ? section(item) : ""}`)));
  }

  /** A list of which the first entries are built at once. */
  function inParts(list, numbers, long) {
    let built = 0;
    const more = button("plain", grow, "");
    function grow() {
      list.append(...numbers.slice(built, built + STEP).map((number) => entry(number, long)));
      built += STEP;
      more.hidden = built >= numbers.length;
      more.textContent = text("more", { n: numbers.length - built });
    }
    grow();
    return [list, more];
  }

  function showList() {
    const numbers = data.todo.filter(isShown);
    fill(
      make("h2", "", `${text("overview")}（${numbers.length}）`), make("p", "intro hint", text("intro")),
      ...(numbers.length ? inParts(make("ul", "todo"), numbers, sections.length > 2) : [make("p", "intro", text("nothing_to_check"))]),
    );
    panel.classList.add("low");
  }

  function fields(pairs, leave = []) {
    const kept = pairs.filter(([name]) => !leave.includes(name));
    return make("dl", "meta", ...kept.flatMap(([name, value]) => [make("dt", "", text(`f_${name}`)), make("dd", "", said(name, value))]));
  }

  const chips = (title, numbers) => (numbers.length ? [make("h3", "", title), make("div", "chips", ...numbers.map((n) =>
    button(`chip k-${items[n].k}`, () => choose(n), `${items[n].n} `, make("small", "", text(`k_${items[n].k}`)))))] : []);

  function showItem(number) {
    const item = items[number];
    const partners = items.map((_, n) => n).filter((n) => n !== number && item.a && peers(number, n));
    const here = new Set(spans[number].flatMap((span) => span.ids));
    const layers = [...here].filter((n) => n !== number && n !== FURNITURE && !partners.includes(n));
    const warned = item.w ?? (item.d && item.k !== "note" ? [field(item, "reason") ?? text("doubt")] : []);
    const page = field(item, "page");
    fill(
      button("back", () => choose(null), `← ${text("back")}`), make("h2", "", item.n),
      make("div", "card-head", badge(item), make("span", "", field(item, "clause") ?? "")),
      ...warned.map((words) => make("p", "warned", `${text("doubt")}：${words}`)),
      fields(item.f, ["quote", "clause", "page"]),
      field(item, "quote") ? make("blockquote", "", field(item, "quote")) : null,
      make("p", "where", `${data.source}　${text("offsets", { start: item.s, end: item.e })}${page ? `　${text("f_page")} ${page}` : ""}`),
      ...chips(text("partners"), partners), ...chips(text("layers"), layers),
      ["clause", "reference", "precedence", "member"].includes(item.k) ? null : correction(item),
    );
  }

  /** The entry of a file of corrections that speaks of this fact; JSON strings are YAML strings. */
  function correction(item) {
    const quote = field(item, "mention") ?? field(item, "quote");
    const lines = [
      `- policy: ${JSON.stringify(sections[item.p].head.find((pair) => pair[0] === "policy")[1])}`, `  kind: ${item.r}`, `  start: ${item.s}`,
      ...(quote && item.r !== "note" ? [`  quote: ${JSON.stringify(quote)}`] : []), "  drop: true",
    ];
    const words = make("pre", "", lines.join("\n"));
    const copy = button("plain", async () => {
      getSelection().selectAllChildren(words);
      try { await navigator.clipboard.writeText(words.textContent); } catch { document.execCommand("copy"); }
      copy.textContent = text("copied");
    }, text("copy"));
    return make("details", "", make("summary", "", text("entry")), make("p", "intro", text("entry_hint")), words, copy);
  }

  function showPolicy(number) {
    const head = sections[number].head;
    state.chosen = null;
    all.forEach(paint);
    fill(
      button("back", () => choose(null), `← ${text("back")}`), make("h2", "", head.find((pair) => pair[0] === "title")[1]),
      fields(head, ["title"]),
    );
  }

  function buildOutline() {
    const inside = sections.map(() => []);
    items.forEach((item, number) => { if (item.l !== undefined && item.l < 4) inside[item.p].push(number); });
    const policies = sections.filter((one) => one.head).length;
    sections.forEach((one, number) => {
      if (!one.head) return;
      const get = (name) => (one.head.find((pair) => pair[0] === name) || [])[1] ?? "";
      const list = make("details", "", make("summary", "", get("title"), make("small", "", get("number"))));
      list.open = policies === 1;
      list.addEventListener("toggle", () => { if (list.open && list.childElementCount === 1) grow(list, inside[number]); });
      list.firstChild.addEventListener("click", () => goTo(byId(`section-${number}`)));
      if (list.open) grow(list, inside[number]);
      byId("outline").append(list);
    });
  }

  function grow(list, numbers) {
    list.append(...numbers.map((n) => button(`d${items[n].l}`, () => {
      goTo(spans[n][0]?.element);
      choose(n, false);
    }, items[n].n)));
  }

  function goTo(element) {
    if (matchMedia("(max-width: 1080px)").matches) byId("tools").open = false;
    element?.scrollIntoView({ block: "start" });
  }

  function buildKinds() {
    const counts = new Map();
    items.forEach((item) => counts.set(item.k, (counts.get(item.k) ?? 0) + 1));
    byId("kinds").append(...kinds.filter((kind) => counts.has(kind)).map((kind) => {
      const box = make("input", "");
      box.type = "checkbox";
      box.checked = true;
      box.dataset.kind = kind;
      const row = make("label", `k-${kind}`, box, make("i", ""), text(`k_${kind}`), make("em", "", String(counts.get(kind))));
      box.addEventListener("change", () => {
        state.hidden[box.checked ? "delete" : "add"](kind);
        row.classList.toggle("off", !box.checked);
        refresh();
      });
      return row;
    }));
    const of = (...codes) => codes.reduce((sum, code) => sum + (counts.get(code) ?? 0), 0);
    byId("summary").textContent = text("summary", {
      policies: sections.filter((one) => one.head).length, duty: of("lead", "responsible", "assist"),
      target: of("target", "support"), citation: of("citation"), todo: data.todo.length,
    });
  }

  function refresh() {
    all.forEach(paint);
    const found = walk(null).length;
    byId("found").textContent = state.words ? (found ? text("found", { n: found }) : text("none")) : "";
    if (state.chosen === null) showList();
    place();
  }

  stage.addEventListener("click", (event) => {
    const at = event.target.closest("[data-at]")?.dataset.at;
    if (at === undefined || !getSelection().isCollapsed) return;
    const shown = over(all[at]);
    const order = [...shown.filter((n) => !["clause", "note"].includes(items[n].k)).reverse(), ...shown.filter((n) => items[n].k === "note"), ...shown.filter((n) => items[n].k === "clause").reverse()];
    if (order.length) choose(order[(order.indexOf(state.chosen) + 1) % order.length], false); // again: the next layer
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.target.matches("input") && event.key !== "Escape")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "j" || key === "n") step(1);
    else if (key === "k" || key === "p") step(-1);
    else if (key === "u") step(event.shiftKey ? -1 : 1, todo);
    else if (key === "Escape") choose(null);
    else return;
    event.preventDefault();
  });

  let waiting = 0;
  byId("find").addEventListener("input", (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { state.words = event.target.value.trim(); refresh(); }, 120);
  });

  for (const [id, key] of [["tools-name", "tools"], ["kinds-name", "kinds"], ["outline-name", "outline"]]) byId(id).textContent = text(key);
  byId("find").placeholder = text("find");
  byId("find").setAttribute("aria-label", text("find"));
  byId("steps").append(button("", () => step(-1), text("previous")), button("", () => step(1), text("next")));
  byId("tools").open = matchMedia("(min-width: 1081px)").matches;
  byId("tools").addEventListener("toggle", (event) => {
    if (event.target === byId("tools") && byId("tools").open && matchMedia("(max-width: 760px)").matches) panel.classList.add("shut");
  });
  buildText();
  buildKinds();
  buildOutline();
  showList();
  place();
  const wanted = Number.parseInt(location.hash.slice(1), 10); // page.html#692: the fact that begins there or after
  if (wanted >= 0) {
    const found = walk(null).find((number) => items[number].s >= wanted);
    if (found !== undefined) choose(found);
  }
  return { data, state, choose, step, spans };
})();
