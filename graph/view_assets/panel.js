// The side panel: an overview, a subject with its duties, or a line with what is shared.
"use strict";

zhize.panel = (() => {
  const { data, state, text, make, button, tinted, agencies, cards } = zhize;
  const panel = document.getElementById("panel");
  const toneOf = (role) => (agencies ? role : `line-${role}`);

  function figures(pairs) {
    const figure = ([key, value, tone]) => make("div", tone, make("b", "", String(value)), make("span", "", text(key)));
    return make("div", "figures", ...pairs.map(figure));
  }

  function rankEntry(most) {
    return ({ number, counts, total }) => {
      const bar = make("span", "bar", ...Object.entries(counts).filter(([, n]) => n).map(([role, n]) => {
        const part = tinted("i", "", toneOf(role));
        part.style.setProperty("--w", String((n / most) * 100));
        return part;
      }));
      bar.setAttribute("aria-hidden", "true");
      const name = agencies ? data.subjects[number].label : data.subjects[number].name;
      return make("li", "", button("", () => zhize.choose(number), make("span", "", name), make("em", "", String(total)), bar));
    };
  }

  /** Subjects by the duties that they bear, documents by how often others name them. */
  function ranking(shown) {
    const named = (number) => {
      const counts = Object.fromEntries(data.roles.map((role) => [role, 0]));
      for (const n of zhize.linesOf[number]) {
        if (data.lines[n].b === number && (zhize.grouped() || shown.lines.has(n))) counts[data.lines[n].kind] += 1;
      }
      return counts;
    };
    const rows = shown.passing.map((number) => {
      const counts = agencies ? zhize.roleCounts(number) : named(number);
      return { number, counts, total: Object.values(counts).reduce((sum, n) => sum + n, 0) };
    });
    return rows.sort((a, b) => b.total - a.total || a.number - b.number);
  }

  function keys() {
    const key = (role) => make("span", "", tinted("i", "dot", toneOf(role)), text(agencies ? `role_${role}` : `rev_${role}`));
    return make("p", "keys", ...data.roles.map(key));
  }

  /** The groups of a network that is too large to be drawn at once. */
  function groupList(shown) {
    const entry = (number) => {
      const cluster = data.clusters[number];
      const name = make("span", "named", tinted("i", "dot", cluster.group < 0 ? "gx" : `g${cluster.group}`), cluster.name);
      return make("li", "", button("", () => zhize.open(number), name, make("em", "", String(cluster.weight))));
    };
    const numbers = [...shown.subjects].sort((a, b) => data.clusters[b].members - data.clusters[a].members || a - b);
    const list = cards.inParts(make("ul", "rank"), numbers, entry);
    return [make("h3", "", `${text("clusters")}（${numbers.length}）`), ...list];
  }

  function counts(shown, rows) {
    const numbers = new Set(rows.flatMap((row) => zhize.cardsShown(row.number)));
    const docs = new Set([...numbers].map((n) => data.cards[n].doc));
    const held = rows.filter((row) => !data.subjects[row.number].soft).length;
    const duties = rows.reduce((sum, row) => sum + row.total, 0);
    const ties = zhize.grouped() ? data.lines.length + data.joins.reduce((sum, join) => sum + join.weight, 0) : shown.whole;
    return agencies
      ? [["count_agencies", rows.length], ["count_duties", duties], ["count_documents", docs.size], ["count_ties", ties]]
      : [["count_documents", held], ["count_cited", rows.length - held], ["count_links", ties]];
  }

  /** That unnamed groups are not counted as long as they are hidden. */
  function unnamed() {
    const hidden = agencies && !state.soft ? [...data.subjects.keys()].filter((number) => data.subjects[number].soft) : [];
    const duties = hidden.flatMap((number) => Object.values(zhize.roleCounts(number))).reduce((sum, n) => sum + n, 0);
    return duties ? [make("p", "note", text("soft_agencies", { n: hidden.length, duties }))] : [];
  }

  function overview(shown) {
    const rows = ranking(shown);
    const most = Math.max(1, ...rows.map((row) => row.total));
    const cuts = [["cut_nodes", data.cut_subjects], ["cut_edges", data.cut_lines], ["cut_cards", data.cut_cards]];
    const many = zhize.clustered ? make("p", "intro", text("clustered", { n: data.subjects.length, limit: data.limit })) : null;
    const focus = data.focus < 0 ? "" : "_ego";
    const back = zhize.clustered && !zhize.grouped() ? button("back", () => zhize.open(null), `← ${text("back_clusters")}`) : null;
    const head = back ? data.clusters[state.cluster].name : text("overview");
    panel.replaceChildren(
      ...[back, make("h2", "", head), make("p", "intro", text(`intro_${data.kind}${focus}`)), many].filter(Boolean),
      figures(counts(shown, rows)), ...unnamed(), ...cuts.filter(([, n]) => n).map(([key, n]) => make("p", "note", text(key, { n }))),
      ...(zhize.grouped() ? groupList(shown) : []),
      make("h3", "", text(`rank_${data.kind}`)), keys(), ...cards.inParts(make("ul", "rank"), rows, rankEntry(most)),
    );
  }

  const rankOf = (card, number) => Math.min(...card.parties.filter((p) => p[0] === number).map((p) => data.roles.indexOf(p[1])));
  const cardsAt = (numbers) => numbers.map((n) => data.cards[n]);

  function metaList(pairs) {
    return make("dl", "meta", ...pairs.flatMap(([key, value]) => [make("dt", "", text(key)), make("dd", "", value)]));
  }

  function agencyParts(number, shown) {
    const subject = data.subjects[number];
    const roles = zhize.roleCounts(number);
    const group = subject.group >= 0 && data.groups[subject.group] ? [["group", data.groups[subject.group]]] : [];
    const drawn = zhize.linesOf[number].filter((n) => shown.lines.has(n));
    const partners = drawn.sort((a, b) => shown.lines.get(b) - shown.lines.get(a)).slice(0, 8);
    const own = zhize.cardsShown(number).sort((a, b) => rankOf(data.cards[a], number) - rankOf(data.cards[b], number) || a - b);
    const others = partners.map((n) => [data.lines[n].a === number ? data.lines[n].b : data.lines[n].a, shown.lines.get(n)]);
    const chips = others.map(([other, n]) => cards.chip(other, n));
    return [
      metaList([...(subject.place ? [["place", subject.place]] : []), ...group, ...(subject.meta || [])]),
      figures(data.roles.map((role) => [`role_${role}`, roles[role], role])),
      ...(chips.length ? [make("h3", "", text("partners")), make("div", "chips", ...chips)] : []),
      make("h3", "", `${text("duties_of")}（${text("items", { n: own.length })}）`),
      ...cards.cardList(cardsAt(own), (card) => cards.duty(card, [number])),
    ];
  }

  /** What a document says of itself, and whether it is in force. */
  function documentMeta(number) {
    const subject = data.subjects[number];
    const doc = data.docs[number];
    const said = (key, value) => (key === "effective" && value === "issue" ? text("issue") : value);
    const meta = (subject.meta || []).map(([key, value]) => [key, said(key, value)]);
    if (subject.number) meta.unshift(["number", subject.number]);
    if (subject.soft) meta.push(["type", text("group_cited")]);
    if (doc.state && (!subject.soft || doc.state !== "unknown")) {
      meta.push(["state", text("state_on", { state: text(`state_${doc.state}`), day: data.day })]);
    }
    return metaList(meta);
  }

  function section(key, list, build) {
    return list.length ? [make("h3", "", `${text(key)}（${list.length}）`), ...cards.cardList(list, build)] : [];
  }

  function policyParts(number) {
    const order = (card) => data.roles.indexOf(card.role);
    const own = cardsAt(zhize.cardsShown(number)).sort((a, b) => order(a) - order(b) || a.assignment - b.assignment);
    const out = own.filter((card) => card.doc === number);
    const into = own.filter((card) => card.doc !== number);
    const duties = zhize.dutiesOf[number];
    return [
      documentMeta(number), ...section("links_out", out, (card) => cards.mention(card, number, false)),
      ...section("links_in", into, (card) => cards.mention(card, number, true)),
      ...section("duties_in", duties, (card) => cards.duty(card, [])),
      ...(own.length + duties.length ? [] : [make("p", "intro", text("nothing_here"))]),
    ];
  }

  function lineParts(number) {
    const line = data.lines[number];
    const behind = zhize.lineCards(line);
    if (!agencies) {
      return [make("h2", "", text("link_between")), ...cards.cardList(cardsAt(behind), (card) => cards.mention(card, null, false))];
    }
    const many = text("items", { n: zhize.weight(behind) });
    return [
      make("h2", "", `${text("shared_of")}（${many}）`), make("div", "chips", cards.chip(line.a), cards.chip(line.b)),
      ...cards.cardList(cardsAt(behind), (card) => cards.duty(card, [line.a, line.b])),
    ];
  }

  /** Shows what is chosen. Who was in the panel with the keyboard stays there. */
  function refresh(shown) {
    const inside = panel.contains(document.activeElement);
    const back = button("back", () => zhize.choose(null), `← ${text("back")}`);
    if (state.line !== null) panel.replaceChildren(back, ...lineParts(state.line));
    else if (state.subject === null) overview(shown);
    else {
      const parts = agencies ? agencyParts(state.subject, shown) : policyParts(state.subject);
      panel.replaceChildren(back, make("h2", "", data.subjects[state.subject].name), ...parts);
    }
    if (inside) panel.focus({ preventScroll: true });
    const marked = panel.querySelector(".marked");
    panel.scrollTop = 0;
    if (marked) {
      marked.scrollIntoView({ block: "center" });
      marked.focus({ preventScroll: true });
    }
  }

  /** The arrow keys walk through a list of buttons. */
  panel.addEventListener("keydown", (event) => {
    const item = event.target.closest(".rank li");
    const next = { ArrowDown: item?.nextElementSibling, ArrowUp: item?.previousElementSibling }[event.key];
    if (!next) return;
    event.preventDefault();
    next.querySelector("button").focus();
  });

  return { refresh, element: panel };
})();
