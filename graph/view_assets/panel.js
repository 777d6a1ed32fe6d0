// The side panel: an overview, a subject with its duties, or a line with what is shared.
"use strict";

zhize.panel = (() => {
  const { data, state, text, make, button, tinted, agencies } = zhize;
  const panel = document.getElementById("panel");
  const FIRST = 20; // entries shown at once; the others on demand
  const toneOf = (role) => (agencies ? role : `line-${role}`);

  /** A list that shows its first entries and a button for the next ones. */
  function inParts(list, entries, build) {
    let next = 0;
    const more = button("plain", () => grow());
    function grow() {
      for (const entry of entries.slice(next, next + FIRST)) list.append(build(entry));
      next += FIRST;
      const left = entries.length - next;
      more.hidden = left <= 0;
      more.textContent = text("more", { n: Math.min(left, FIRST) });
    }
    grow();
    return [list, more];
  }

  function figures(pairs) {
    return make("div", "figures", ...pairs.map(([key, value, tone]) => make("div", tone, make("b", "", String(value)), make("span", "", text(key)))));
  }

  const chip = (subject, note) => button("chip", () => zhize.choose(subject), data.subjects[subject].label, note ? make("small", "", ` ${note}`) : null);

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
    const rows = [...shown.subjects].map((number) => {
      let counts = zhize.roleCounts(number);
      if (!agencies) {
        counts = Object.fromEntries(data.roles.map((role) => [role, 0]));
        for (const n of zhize.linesOf[number]) if (data.lines[n].b === number && shown.lines.has(n)) counts[data.lines[n].kind] += 1;
      }
      return { number, counts, total: Object.values(counts).reduce((sum, n) => sum + n, 0) };
    });
    return rows.sort((a, b) => b.total - a.total || a.number - b.number);
  }

  function keys() {
    return make("p", "keys", ...data.roles.map((role) => make("span", "", tinted("i", "dot", toneOf(role)), text(agencies ? `role_${role}` : `rev_${role}`))));
  }

  function overview(shown) {
    const rows = ranking(shown);
    const cards = new Set(rows.flatMap((row) => zhize.cardsShown(row.number)));
    const docs = new Set([...cards].map((n) => data.cards[n].doc));
    const held = rows.filter((row) => !data.subjects[row.number].soft).length;
    const duties = rows.reduce((sum, row) => sum + row.total, 0);
    const counts = agencies
      ? [["count_agencies", rows.length], ["count_duties", duties], ["count_documents", docs.size], ["count_ties", shown.whole]]
      : [["count_documents", held], ["count_cited", rows.length - held], ["count_links", shown.whole]];
    const most = Math.max(1, ...rows.map((row) => row.total));
    const cuts = [["cut_nodes", data.cut_subjects], ["cut_edges", data.cut_lines], ["cut_cards", data.cut_cards]].filter(([, n]) => n);
    panel.replaceChildren(
      make("h2", "", text("overview")), make("p", "intro", text(`intro_${data.kind}`)), figures(counts),
      ...cuts.map(([key, n]) => make("p", "note", text(key, { n }))),
      make("h3", "", text(`rank_${data.kind}`)), keys(), ...inParts(make("ul", "rank"), rows, rankEntry(most)),
    );
  }

  function evidence(card) {
    const where = `${card.source || ""}　${text("offsets", { start: card.start, end: card.end })}`;
    return make("details", "", make("summary", "", text("source")), make("blockquote", "", card.quote || ""), make("p", "where", where));
  }

  function document_(card) {
    const doc = data.docs[card.doc];
    return make("p", "doc", `《${(doc.title || "").replace(/^《|》$/g, "")}》`, doc.number ? ` ${doc.number}` : "", doc.dated ? `　${doc.dated}` : "");
  }

  /** A duty: role, clause, task, deadline, figures, partners, document and the words themselves. */
  function dutyCard(card, subjects) {
    const own = card.parties.filter((party) => subjects.includes(party[0]));
    const others = card.parties.filter((party) => !subjects.includes(party[0]));
    const several = subjects.length > 1;
    const badges = own.map(([number, role]) => tinted("span", `badge ${role}`, role, several ? `${data.subjects[number].label} ` : "", text(`role_${role}`)));
    const clause = [card.clause, card.heading && card.heading !== card.text ? card.heading : ""].filter(Boolean).join("　");
    const facts = (card.targets || []).map((target) => make("li", "", target));
    if (card.due) facts.unshift(make("li", "due", `${text("due")}：${card.due}`));
    return make(
      "article", "card", make("div", "card-head", ...badges, make("span", "", clause)), card.text ? make("p", "task", card.text) : null,
      facts.length ? make("ul", "facts", ...facts) : null,
      others.length ? make("div", "chips", ...others.map(([number, role]) => chip(number, text(`role_${role}`)))) : null,
      document_(card), card.note ? make("p", "note", `${text("doubt")}：${card.note}`) : null, evidence(card),
    );
  }

  /** A mention of one document in another, seen from either side. */
  function linkCard(card, seen, incoming) {
    const [source, target] = [card.parties[0][0], card.parties[1][0]];
    const badge = tinted("span", `badge ${card.role}`, `line-${card.role}`, text(`${incoming ? "rev" : "role"}_${card.role}`));
    const other = seen === null ? [source, target] : [incoming ? source : target];
    const names = other.map((number) => {
      const name = button("back", () => zhize.choose(number), data.subjects[number].name);
      return make("p", "task", name, data.subjects[number].number ? ` ${data.subjects[number].number}` : "");
    });
    return make(
      "article", "card", make("div", "card-head", badge, make("span", "", card.clause ? `${text("clause")} ${card.clause}` : "")), ...names, evidence(card),
    );
  }

  const rankOf = (card, number) => Math.min(...card.parties.filter((p) => p[0] === number).map((p) => data.roles.indexOf(p[1])));
  const nothing = () => make("p", "intro", text("nothing_here"));

  function cardList(numbers, build) {
    return numbers.length ? inParts(make("div", "cards"), numbers, (n) => build(data.cards[n])) : [nothing()];
  }

  function metaList(pairs) {
    return make("dl", "meta", ...pairs.flatMap(([key, value]) => [make("dt", "", text(key)), make("dd", "", value)]));
  }

  function agencyParts(number, shown) {
    const subject = data.subjects[number];
    const counts = zhize.roleCounts(number);
    const group = subject.group >= 0 ? [["group", data.groups[subject.group]]] : [];
    const partners = zhize.linesOf[number].filter((n) => shown.lines.has(n)).sort((a, b) => shown.lines.get(b) - shown.lines.get(a)).slice(0, 8);
    const cards = zhize.cardsShown(number).sort((a, b) => rankOf(data.cards[a], number) - rankOf(data.cards[b], number) || a - b);
    const others = partners.map((n) => [data.lines[n].a === number ? data.lines[n].b : data.lines[n].a, shown.lines.get(n)]);
    return [
      metaList([...(subject.place ? [["place", subject.place]] : []), ...group]),
      figures(data.roles.map((role) => [`role_${role}`, counts[role], role])),
      ...(others.length ? [make("h3", "", text("partners")), make("div", "chips", ...others.map(([other, n]) => chip(other, n)))] : []),
      make("h3", "", `${text("duties_of")}（${text("items", { n: cards.length })}）`), ...cardList(cards, (card) => dutyCard(card, [number])),
    ];
  }

  function policyParts(number) {
    const subject = data.subjects[number];
    const meta = (subject.meta || []).map(([key, value]) => [key, key === "effective" && value === "issue" ? text("issue") : value]);
    if (subject.number) meta.unshift(["number", subject.number]);
    if (subject.soft) meta.push(["type", text("group_cited")]);
    const cards = zhize.cardsShown(number).sort((a, b) => data.roles.indexOf(data.cards[a].role) - data.roles.indexOf(data.cards[b].role) || a - b);
    const out = cards.filter((n) => data.cards[n].doc === number);
    const into = cards.filter((n) => data.cards[n].doc !== number);
    return [
      metaList(meta),
      ...(out.length ? [make("h3", "", `${text("links_out")}（${out.length}）`), ...cardList(out, (card) => linkCard(card, number, false))] : []),
      ...(into.length ? [make("h3", "", `${text("links_in")}（${into.length}）`), ...cardList(into, (card) => linkCard(card, number, true))] : []),
      ...(cards.length ? [] : [nothing()]),
    ];
  }

  function lineParts(number) {
    const line = data.lines[number];
    const cards = zhize.lineCards(line);
    if (!agencies) return [make("h2", "", text("link_between")), ...cardList(cards, (card) => linkCard(card, null, false))];
    const many = text("items", { n: zhize.weight(cards) });
    return [
      make("h2", "", `${text("shared_of")}（${many}）`), make("div", "chips", chip(line.a), chip(line.b)),
      ...cardList(cards, (card) => dutyCard(card, [line.a, line.b])),
    ];
  }

  /** Shows what is chosen. */
  function refresh(shown) {
    const back = button("back", () => zhize.choose(null), `← ${text("back")}`);
    if (state.line !== null) panel.replaceChildren(back, ...lineParts(state.line));
    else if (state.subject === null) overview(shown);
    else panel.replaceChildren(back, make("h2", "", data.subjects[state.subject].name), ...(agencies ? agencyParts(state.subject, shown) : policyParts(state.subject)));
    panel.scrollTop = 0;
  }

  return { refresh, element: panel };
})();
