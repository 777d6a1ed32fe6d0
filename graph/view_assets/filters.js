// Filters and legend: what the page draws, and what its colours mean.
"use strict";

zhize.filters = (() => {
  const { data, state, text, make, button, tinted, agencies } = zhize;
  const byId = (id) => document.getElementById(id);
  const FIELDS = { role: "", place: "", doc: "", type: "", year: "", standing: "" };
  const STATES = ["in_force", "pending", "expired", "repealed", "unknown"];
  const FIRST_DAY = data.day;
  let changed = () => {};

  /** Takes all filters away; `soft` says whether circles that can be hidden are shown. */
  function clear(soft) {
    Object.assign(state, FIELDS, { soft });
    for (const field of byId("filters").elements) {
      if (field.tagName === "SELECT") field.value = "";
      if (field.type === "checkbox") field.checked = soft;
    }
  }

  function fill(field, key, options) {
    field.replaceChildren();
    for (const [value, name] of [["", text("all")], ...options]) {
      const option = make("option", "", name);
      option.value = value;
      field.append(option);
    }
    field.value = state[key];
  }

  function select(key, label, options, always = false) {
    if (options.length < 2 && !state[key] && !always) return null;
    const field = make("select", "");
    field.id = `filter-${key}`;
    fill(field, key, options);
    field.addEventListener("change", () => { state[key] = field.value; changed(true); });
    return make("label", "field", make("span", "", text(label)), field);
  }

  /** The standings that documents have on the day of the page; the numbers count documents. */
  function states() {
    const found = counted(data.docs.map((doc) => doc.state).filter(Boolean));
    if (state.standing && !found.some(([value]) => value === state.standing)) found.push([state.standing, 0]);
    return told(found.sort((a, b) => STATES.indexOf(a[0]) - STATES.indexOf(b[0])), (value) => text(`state_${value}`));
  }

  /** The day on which the page judges, to be chosen. */
  function dayField() {
    const field = make("input", "");
    Object.assign(field, { type: "date", id: "day", value: data.day });
    field.addEventListener("change", () => { judge(field.value || data.day); changed(false); });
    return make("label", "field", make("span", "", text("pick_day")), field);
  }

  function judge(day) {
    byId("day").value = day;
    zhize.judge(day);
    const standing = byId("filter-standing");
    if (standing) fill(standing, "standing", states());
  }

  const counted = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  };
  const told = (pairs, name = (value) => value) => pairs.map(([value, n]) => [value, `${name(value)}（${n}）`]);

  function slider() {
    const most = Math.max(1, ...data.lines.map((line) => zhize.weight(line.cards)));
    if (!agencies || most < 2) return null;
    const field = make("input", "");
    const range = { min: "1", max: String(Math.max(Math.min(most, 30), state.threshold)), value: String(state.threshold) };
    Object.assign(field, { type: "range", id: "threshold" }, range);
    const value = make("b", "");
    const tell = () => {
      value.textContent = text("threshold_value", { n: state.threshold });
      field.setAttribute("aria-valuetext", value.textContent);
    };
    field.addEventListener("input", () => { state.threshold = Number(field.value); tell(); changed(false); });
    tell();
    return make("label", "field", make("span", "", text("threshold")), value, field);
  }

  function reset() {
    state.threshold = data.threshold;
    clear(!agencies);
    if (FIRST_DAY) judge(FIRST_DAY);
    const range = byId("threshold");
    if (range) { range.value = String(data.threshold); range.dispatchEvent(new Event("input")); }
    zhize.choose(null);
    changed(true);
  }

  function softBox() {
    if (!data.subjects.some((subject) => subject.soft)) return null;
    const box = make("input", "");
    Object.assign(box, { type: "checkbox", id: "soft", checked: state.soft });
    box.addEventListener("change", () => { state.soft = box.checked; changed(false); });
    return make("label", "check", box, text(agencies ? "unnamed" : "unresolved"));
  }

  /** The documents whose standing and year are asked for: those that duties stand in, or whose text is held. */
  const judged = () => (agencies ? data.docs : data.docs.filter((_, number) => !data.subjects[number].soft));

  function build(onChange) {
    changed = onChange;
    const places = counted(data.subjects.map((subject) => subject.place || "-"));
    const types = counted(data.subjects.map((subject) => subject.type).filter(Boolean));
    const years = counted(judged().map((doc) => (doc.dated || "").slice(0, 4)).filter(Boolean));
    years.sort((a, b) => (a[0] < b[0] ? 1 : -1));
    const docs = data.docs.map((doc, number) => [String(number), [doc.title, doc.number].filter(Boolean).join(" ")]);
    const changes = data.docs.some((doc) => doc.ended || doc.begins); // with the day, so that there is something to choose
    const standing = data.day ? select("standing", "filter_state", states(), changes) : null;
    const parts = [
      select("role", agencies ? "filter_role" : "filter_relation", data.roles.map((role) => [role, text(`role_${role}`)])),
      select("place", "filter_place", told(places, (place) => (place === "-" ? text("place_none") : place))),
      agencies ? select("doc", "filter_doc", docs) : select("type", "filter_type", told(types)),
      select("year", "filter_year", told(years)), standing,
      data.day ? dayField() : null, slider(), softBox(),
      button("plain", reset, text("reset")),
    ];
    byId("filters").append(...parts.filter(Boolean));
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
  }

  function legend() {
    const dot = (colour, name, ring = "") => make("li", "", tinted("span", `dot ${ring}`, colour), name);
    const dash = (colour, name, broken = "") => make("li", "", tinted("span", `dash ${broken}`, colour), name);
    const groups = data.groups.map((name, number) => dot(`g${number}`, name));
    const soft = data.subjects.some((subject) => subject.soft);
    if (data.subjects.some((subject) => subject.group < 0 && !subject.soft)) groups.push(dot("gx", text("group_other")));
    if (soft) groups.push(dot("gx", text(agencies ? "hollow" : "group_cited"), "ring"));
    const gone = judged().some((doc) => doc.ended);
    if (gone && !agencies) groups.push(dot("g0", text("group_gone"), "faded"));
    const broken = (role) => (role === "repeals" || role === "amends" ? "broken" : "");
    const lines = agencies
      ? [dash("line-lead", text("line_lead")), dash("line-peer", text("line_peer"))]
      : data.roles.map((role) => dash(`line-${role}`, text(`role_${role}`), broken(role)));
    const size = data.focus < 0 ? `size_${data.kind}` : `size_${data.kind}_ego`;
    const named = groups.length ? [make("h2", "", text(`groups_${data.kind}`)), make("ul", "", ...groups)] : [];
    byId("legend").append(make("h2", "", text("lines")), make("ul", "", ...lines), ...named, make("p", "", text(size)));
    if (zhize.clustered) byId("legend").append(make("p", "", text("size_clusters")));
  }

  return { build, legend, clear, counted, judged };
})();
