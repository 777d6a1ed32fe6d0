// Search, filters, legend, keys and the mouse: what leads to a choice.
"use strict";

(() => {
  const { data, state, text, make, button, tinted, agencies, canvas, panel } = zhize;
  const byId = (id) => document.getElementById(id);
  const query = byId("query");
  const list = byId("list");
  let marked = -1;

  function refresh() {
    const shown = canvas.refresh();
    const rest = shown.whole > shown.lines.size ? text("drawn_of", { edges: shown.whole }) : "";
    byId("drawn").textContent = text("drawn", { nodes: shown.subjects.size, edges: shown.lines.size }) + rest;
    byId("empty").hidden = shown.subjects.size > 0;
    panel.refresh(shown);
    return shown;
  }

  /** Chooses a subject (its number), or nothing (null); a hidden one is brought back by clearing the filters. */
  zhize.choose = (subject, move = true) => {
    state.subject = subject;
    state.line = null;
    if (subject !== null && !zhize.visible().subjects.has(subject)) clear(data.subjects[subject].soft);
    refresh();
    if (subject !== null && move) canvas.show(subject);
    if (subject !== null && matchMedia("(max-width: 760px)").matches) panel.element.scrollIntoView({ block: "start" });
  };

  function chooseLine(line) {
    state.subject = null;
    state.line = line;
    refresh();
  }

  function clear(soft) {
    Object.assign(state, { role: "", place: "", doc: "", type: "", soft: soft || !agencies || state.soft });
    for (const field of byId("filters").elements) {
      if (field.tagName === "SELECT") field.value = "";
      if (field.type === "checkbox") field.checked = state.soft;
    }
  }

  function select(key, label, options) {
    if (options.length < 2) return null;
    const field = make("select", "");
    field.id = `filter-${key}`;
    for (const [value, name] of [["", text("all")], ...options]) {
      const option = make("option", "", name);
      option.value = value;
      field.append(option);
    }
    field.addEventListener("change", () => { state[key] = field.value; refresh(); canvas.fit(); });
    return make("label", "field", make("span", "", text(label)), field);
  }

  const counted = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  };

  function slider() {
    const most = Math.max(1, ...data.lines.map((line) => zhize.weight(line.cards)));
    if (!agencies || most < 2) return null;
    const field = make("input", "");
    Object.assign(field, { type: "range", id: "threshold", min: "1", max: String(Math.min(most, 30)), value: String(state.threshold) });
    const value = make("b", "");
    const tell = () => { value.textContent = text("threshold_value", { n: state.threshold }); };
    field.addEventListener("input", () => { state.threshold = Number(field.value); tell(); refresh(); });
    tell();
    return make("label", "field", make("span", "", text("threshold")), value, field);
  }

  function buildFilters() {
    const soft = make("input", "");
    Object.assign(soft, { type: "checkbox", id: "soft", checked: state.soft });
    soft.addEventListener("change", () => { state.soft = soft.checked; refresh(); });
    const places = counted(data.subjects.map((subject) => subject.place || "-")).map(([place, n]) => [place, `${place === "-" ? text("place_none") : place}（${n}）`]);
    const types = counted(data.subjects.map((subject) => subject.type).filter(Boolean)).map(([type, n]) => [type, `${type}（${n}）`]);
    const docs = data.docs.map((doc, number) => [String(number), [doc.title, doc.number].filter(Boolean).join(" ")]);
    const reset = button("plain", () => {
      Object.assign(state, { soft: !agencies, threshold: data.threshold });
      clear(!agencies);
      if (byId("threshold")) { byId("threshold").value = String(data.threshold); byId("threshold").dispatchEvent(new Event("input")); }
      zhize.choose(null);
      canvas.fit();
    }, text("reset"));
    const parts = [
      select("role", agencies ? "filter_role" : "filter_relation", data.roles.map((role) => [role, text(`role_${role}`)])),
      select("place", "filter_place", places), agencies ? select("doc", "filter_doc", docs) : select("type", "filter_type", types), slider(),
      data.subjects.some((subject) => subject.soft) ? make("label", "check", soft, text(agencies ? "unnamed" : "unresolved")) : null, reset,
    ];
    byId("filters").append(...parts.filter(Boolean));
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
  }

  function buildLegend() {
    const dot = (colour, name, ring = "") => make("li", "", tinted("span", `dot ${ring}`, colour), name);
    const dash = (colour, name, broken = "") => make("li", "", tinted("span", `dash ${broken}`, colour), name);
    const groups = data.groups.map((name, number) => dot(`g${number}`, name));
    const other = data.subjects.some((subject) => subject.group < 0 && !subject.soft);
    if (other) groups.push(dot("gx", text("group_other")));
    if (data.subjects.some((subject) => subject.soft)) groups.push(dot("gx", text(agencies ? "hollow" : "group_cited"), "ring"));
    const lines = agencies
      ? [dash("line-lead", text("line_lead")), dash("line-peer", text("line_peer"))]
      : data.roles.map((role) => dash(`line-${role}`, text(`role_${role}`), role === "repeals" || role === "amends" ? "broken" : ""));
    byId("legend").append(
      make("h2", "", text("lines")), make("ul", "", ...lines), make("h2", "", text(`groups_${data.kind}`)), make("ul", "", ...groups),
      make("p", "", text(`size_${data.kind}`)),
    );
  }

  function closeHits() {
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
    closeHits();
    query.value = data.subjects[subject].name;
    zhize.choose(subject);
  }

  function search() {
    const words = query.value.trim();
    if (!words) return closeHits();
    const hits = zhize.find(words);
    byId("found").textContent = hits.length ? text("search_found", { n: hits.length }) : text("search_none");
    list.replaceChildren(...hits.slice(0, 30).map((subject, at) => {
      const row = data.subjects[subject];
      const item = make("li", "", make("span", "", row.name), make("small", "", row.number || text("items", { n: zhize.cardsOf[subject].length })));
      item.id = `hit-${at}`;
      item.setAttribute("role", "option");
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(subject); });
      item.subject = subject;
      return item;
    }));
    byId("hits").hidden = false;
    query.setAttribute("aria-expanded", "true");
    marked = -1;
    return mark(1);
  }

  function wireSearch() {
    query.placeholder = text(`search_${data.kind}`);
    query.setAttribute("aria-label", text(`search_${data.kind}`));
    list.setAttribute("aria-label", text(`search_${data.kind}`));
    query.addEventListener("input", search);
    query.addEventListener("focus", () => { if (query.value && state.subject === null) search(); });
    query.addEventListener("blur", closeHits);
    query.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") mark(1);
      else if (event.key === "ArrowUp") mark(-1);
      else if (event.key === "Enter" && marked >= 0) take(list.children[marked].subject);
      else if (event.key === "Escape") { query.value = ""; closeHits(); } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  function wireKeys() {
    const net = byId("net");
    const acts = {
      ArrowLeft: () => canvas.move(-1, 0), ArrowRight: () => canvas.move(1, 0), ArrowUp: () => canvas.move(0, -1),
      ArrowDown: () => canvas.move(0, 1), "+": () => canvas.zoom(1.25), "=": () => canvas.zoom(1.25), "-": () => canvas.zoom(0.8), 0: () => canvas.fit(),
    };
    net.setAttribute("aria-label", text("canvas"));
    net.addEventListener("keydown", (event) => {
      if (!acts[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      acts[event.key]();
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") zhize.choose(null); });
    const zoom = [["zoom_out", "−", () => canvas.zoom(0.8)], ["zoom_in", "+", () => canvas.zoom(1.25)], ["fit", text("fit"), () => canvas.fit()]];
    for (const [key, sign, act] of zoom) {
      const control = button("", act, sign);
      control.setAttribute("aria-label", text(key));
      control.title = text(key);
      byId("zoom").append(control);
    }
  }

  /** A small note beside the pointer; its words are text nodes. */
  function tip(event, title, note) {
    const box = byId("tip");
    const stage = byId("net");
    box.replaceChildren(make("b", "", title), note);
    box.hidden = false;
    const { x, y } = event.pointer.DOM;
    box.style.left = `${Math.min(x + 14, Math.max(0, stage.clientWidth - box.offsetWidth - 8))}px`;
    box.style.top = `${Math.min(y + 16, Math.max(0, stage.clientHeight - box.offsetHeight - 8))}px`;
  }

  function wirePointer() {
    const hide = () => { byId("tip").hidden = true; };
    canvas.network.on("click", (event) => {
      hide();
      if (event.nodes.length) zhize.choose(event.nodes[0], false);
      else if (event.edges.length) chooseLine(event.edges[0]);
      else zhize.choose(null);
    });
    canvas.network.on("hoverNode", (event) => {
      const counts = Object.entries(zhize.roleCounts(event.node)).filter(([, n]) => n).map(([role, n]) => `${text(`role_${role}`)} ${n}`);
      tip(event, data.subjects[event.node].name, counts.join("　"));
    });
    canvas.network.on("hoverEdge", (event) => {
      const line = data.lines[event.edge];
      const note = agencies ? `${text("shared_of")} ${zhize.weight(zhize.lineCards(line))}` : text(`role_${line.kind}`);
      tip(event, `${data.subjects[line.a].label} ${agencies ? "·" : "→"} ${data.subjects[line.b].label}`, note);
    });
    for (const event of ["blurNode", "blurEdge", "dragStart", "zoom"]) canvas.network.on(event, hide);
  }

  /** What the page is about in a line: places, documents, years. */
  function summary() {
    const places = counted(data.subjects.filter((s) => s.place && !(s.soft && !agencies)).map((s) => s.place)).map(([place]) => place);
    const held = agencies ? data.docs : data.docs.filter((_, number) => !data.subjects[number].soft);
    const years = held.map((doc) => (doc.dated || "").slice(0, 4)).filter((year) => /^\d{4}$/.test(year)).sort();
    const span = years.length ? [...new Set([years[0], years[years.length - 1]])].join("–") : "";
    const rest = places.length > 4 ? text("places_more", { n: places.length }) : "";
    return [places.slice(0, 4).join("、") + rest, text("documents_read", { n: held.length }), span].filter(Boolean).join(" · ");
  }

  byId("tools-name").textContent = text("filters");
  byId("empty").textContent = text("empty");
  byId("panel").setAttribute("aria-label", text("overview"));
  byId("tools").open = matchMedia("(min-width: 1081px)").matches;
  byId("summary").textContent = summary();
  buildFilters();
  buildLegend();
  wireSearch();
  wireKeys();
  wirePointer();
  refresh();
  canvas.fit();
})();
