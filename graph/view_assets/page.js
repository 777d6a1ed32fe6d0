// What leads to a choice: the address, keys, the mouse; and what a choice changes.
"use strict";

(() => {
  const { data, state, text, make, button, agencies, canvas, panel, filters } = zhize;
  const byId = (id) => document.getElementById(id);

  function drawn(shown) {
    if (zhize.grouped()) return text("drawn_clusters", { groups: shown.subjects.size, nodes: shown.passing.length });
    const rest = shown.whole > shown.lines.size ? text("drawn_of", { edges: shown.whole }) : "";
    return text("drawn", { nodes: shown.subjects.size, edges: shown.lines.size }) + rest;
  }

  function refresh() {
    const shown = canvas.refresh();
    byId("drawn").textContent = drawn(shown);
    byId("empty").hidden = shown.subjects.size > 0;
    byId("summary").textContent = summary();
    panel.refresh(shown);
    return shown;
  }

  /** The page's address names what is chosen, so that it can be kept and handed on. */
  function note() {
    const hash = state.subject === null ? "" : zhize.cards.address(state.subject, state.card);
    if (location.hash === hash) return;
    try { history.replaceState(null, "", hash || location.pathname + location.search); } catch { /* a frame without an address */ }
  }

  function enter(cluster) {
    if (cluster === state.cluster) return false;
    state.cluster = cluster;
    canvas.setScene();
    return true;
  }

  /** Opens a group of a network that is too large to be drawn at once (its number), or goes back to all of them (null). */
  zhize.open = (cluster) => {
    Object.assign(state, { subject: null, line: null, card: null });
    enter(cluster);
    refresh();
    canvas.fit();
    note();
  };

  /** Chooses a subject (its number), or nothing (null); a hidden one is brought back by clearing the filters. */
  zhize.choose = (subject, move = true, card = null) => {
    Object.assign(state, { subject, card, line: null });
    let fresh = false;
    if (subject !== null) {
      fresh = zhize.clustered && enter(data.subjects[subject].cluster);
      if (!zhize.visible().subjects.has(subject)) filters.clear(data.subjects[subject].soft || !agencies || state.soft);
    }
    refresh();
    if (fresh) canvas.fit();
    if (subject !== null && move) canvas.show(subject);
    if (subject !== null && !card && matchMedia("(max-width: 760px)").matches) panel.element.scrollIntoView({ block: "start" });
    note();
  };

  function chooseLine(line) {
    Object.assign(state, { subject: null, card: null, line });
    refresh();
  }

  /** Back by one step: from a subject to the overview, from an opened group to all groups. */
  function back() {
    if (state.subject === null && state.line === null && zhize.clustered) zhize.open(null);
    else zhize.choose(null);
  }

  /** Goes where the page's address points. */
  function follow() {
    let parts = [];
    try { parts = location.hash.slice(1).split("~").map(decodeURIComponent); } catch { return false; }
    const subject = parts[0] ? data.subjects.findIndex((row) => row.key === parts[0]) : -1;
    if (subject < 0) return false;
    const cards = agencies ? zhize.cardsOf[subject].map((n) => data.cards[n]) : zhize.dutiesOf[subject];
    zhize.choose(subject, true, (parts[1] && cards.find((card) => card.key === parts[1])) || null);
    return true;
  }

  function wireKeys() {
    const net = byId("net");
    const acts = {
      ArrowLeft: () => canvas.move(-1, 0), ArrowRight: () => canvas.move(1, 0), ArrowUp: () => canvas.move(0, -1),
      ArrowDown: () => canvas.move(0, 1), "+": () => canvas.zoom(1.25), "=": () => canvas.zoom(1.25), "-": () => canvas.zoom(0.8),
      0: () => canvas.fit(),
    };
    net.setAttribute("aria-label", text("canvas"));
    net.addEventListener("keydown", (event) => {
      if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      acts[event.key]();
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") back(); });
  }

  function buildTools() {
    const tools = [
      ["save", text("save_png"), () => zhize.exporter.save()], ["zoom_out", "−", () => canvas.zoom(0.8)],
      ["zoom_in", "+", () => canvas.zoom(1.25)], ["fit", text("fit"), () => canvas.fit()],
    ];
    for (const [key, sign, act] of tools) {
      const control = button("", act, sign);
      control.id = `tool-${key}`;
      control.setAttribute("aria-label", text(key));
      control.title = text(key);
      byId(key === "save" ? "picture" : "zoom").append(control);
    }
  }

  /** A small note beside the pointer; its words are text nodes. */
  function tip(event, title, words) {
    const box = byId("tip");
    const stage = byId("net");
    box.replaceChildren(make("b", "", title), words);
    box.hidden = false;
    const { x, y } = event.pointer.DOM;
    box.style.left = `${Math.min(x + 14, Math.max(0, stage.clientWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.min(y + 16, Math.max(0, stage.clientHeight - box.offsetHeight - 8))}px`;
  }

  function aboutNode(number) {
    if (zhize.grouped()) return [data.clusters[number].name, text("open_cluster")];
    const counts = Object.entries(zhize.roleCounts(number)).filter(([, n]) => n).map(([role, n]) => `${text(`role_${role}`)} ${n}`);
    return [data.subjects[number].name, counts.join("　")];
  }

  function aboutLine(number) {
    const { things, lines } = zhize.scene();
    const line = lines[number];
    const names = `${things[line.a].label} ${agencies || zhize.grouped() ? "·" : "→"} ${things[line.b].label}`;
    if (zhize.grouped()) return [names, text("joins", { n: line.weight })];
    return [names, agencies ? `${text("shared_of")} ${zhize.weight(zhize.lineCards(line))}` : text(`role_${line.kind}`)];
  }

  function wirePointer() {
    const hide = () => { byId("tip").hidden = true; };
    canvas.network.on("click", (event) => {
      hide();
      if (event.nodes.length) (zhize.grouped() ? zhize.open : (number) => zhize.choose(number, false))(event.nodes[0]);
      else if (zhize.grouped()) return;
      else if (event.edges.length) chooseLine(event.edges[0]);
      else zhize.choose(null);
    });
    canvas.network.on("hoverNode", (event) => tip(event, ...aboutNode(event.node)));
    canvas.network.on("hoverEdge", (event) => tip(event, ...aboutLine(event.edge)));
    for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) canvas.network.on(event, hide);
  }

  /** What the page is about in a line: places, documents, years. */
  function summary() {
    const placed = data.subjects.filter((subject) => subject.place && !(subject.soft && !agencies));
    const places = filters.counted(placed.map((subject) => subject.place)).map(([place]) => place);
    const held = filters.judged();
    const years = held.map((doc) => (doc.dated || "").slice(0, 4)).filter((year) => /^\d{4}$/.test(year)).sort();
    const span = years.length ? [...new Set([years[0], years[years.length - 1]])].join("–") : "";
    const rest = places.length > 4 ? text("places_more", { n: places.length }) : "";
    const day = data.day ? text("state_day", { day: data.day }) : "";
    return [places.slice(0, 4).join("、") + rest, text("documents_read", { n: held.length }), span, day].filter(Boolean).join(" · ");
  }

  byId("tools-name").textContent = text("filters");
  byId("empty").textContent = text("empty");
  byId("panel").setAttribute("aria-label", text("overview"));
  byId("tools").open = matchMedia("(min-width: 1081px)").matches;
  filters.build((fit) => { refresh(); if (fit) canvas.fit(); });
  filters.legend();
  zhize.search.wire();
  wireKeys();
  buildTools();
  wirePointer();
  refresh();
  canvas.fit();
  addEventListener("hashchange", follow);
  if (!follow() && data.focus >= 0 && zhize.visible().subjects.has(data.focus)) {
    state.subject = data.focus;
    refresh();
  }
})();
