// What the side panel's lists are made of: a duty or a mention with its document and the words themselves.
"use strict";

zhize.cards = (() => {
  const { data, agencies, state, text, make, button, tinted } = zhize;
  const FIRST = 20; // entries shown at once; the others on demand
  const GONE = ["expired", "repealed", "pending"];

  /** A list that shows its first entries (as far as `reach`) and a button for the next ones. */
  function inParts(list, entries, build, reach = 0) {
    let next = 0;
    const more = button("plain", () => grow(FIRST));
    function grow(step) {
      const grown = entries.slice(next, next + step).map(build);
      list.append(...grown);
      next += step;
      const left = entries.length - next;
      more.hidden = left <= 0;
      more.textContent = left > 0 ? text("more", { n: Math.min(left, FIRST) }) : "";
      if (document.activeElement === more && left <= 0) grown[0]?.querySelector("button, summary")?.focus();
    }
    grow(Math.max(FIRST, reach + 1));
    return [list, more];
  }

  /** Cards in a list; the one that an address asks for is among those shown. */
  function cardList(cards, build) {
    if (!cards.length) return [make("p", "intro", text("nothing_here"))];
    return inParts(make("div", "cards"), cards, build, cards.indexOf(state.card));
  }

  const chip = (subject, note) => {
    const small = note ? make("small", "", ` ${note}`) : null;
    return button("chip", () => zhize.choose(subject), data.subjects[subject].label, small);
  };

  function evidence(card) {
    const where = `${card.source || ""}　${text("offsets", { start: card.start, end: card.end })}`;
    const words = make("blockquote", "", card.quote || "");
    const details = make("details", "", make("summary", "", text("source")), words, make("p", "where", where));
    details.open = card === state.card;
    return details;
  }

  /** The standing of a duty or a mention, where it does not simply hold. */
  function stateTag(card) {
    return GONE.includes(card.state) ? make("span", `tag ${card.state}`, text(`state_${card.state}`)) : null;
  }

  function document_(card) {
    const doc = data.docs[card.doc];
    const title = `《${(doc.title || "").replace(/^《|》$/g, "")}》`;
    return make("p", "doc", title, doc.number ? ` ${doc.number}` : "", doc.dated ? `　${doc.dated}` : "", stateTag(card));
  }

  /** The address of a subject, or of a card under it: it can be kept and opens the page there. */
  function address(subject, card = null) {
    const parts = [data.subjects[subject].key || "", ...(card ? [card.key || ""] : [])];
    return `#${parts.map(encodeURIComponent).join("~")}`;
  }

  function link(subject, card) {
    if (!card.key) return null;
    const anchor = make("a", "link", text("link"));
    anchor.href = address(subject, card);
    anchor.setAttribute("aria-label", `${text("link")}：${card.text || card.quote || ""}`.slice(0, 80));
    return anchor;
  }

  function article(card, ...children) {
    const element = make("article", card === state.card ? "card marked" : "card", ...children);
    element.tabIndex = -1;
    return element;
  }

  /** A duty's bearers who are not the subject: buttons where they are in the network, plain words where they are not. */
  function bearers(parties) {
    const small = (role) => make("small", "", ` ${text(`role_${role}`)}`);
    const plain = ([number, role]) => make("span", "chip", data.bodies[number], small(role));
    return parties.length
      ? make("div", "chips", ...parties.map((party) => (agencies ? chip(party[0], text(`role_${party[1]}`)) : plain(party))))
      : null;
  }

  /** A duty: role, clause, task, deadline, figures, partners, document and the words themselves. */
  function duty(card, subjects) {
    const own = agencies ? card.parties.filter((party) => subjects.includes(party[0])) : [];
    const others = agencies ? card.parties.filter((party) => !subjects.includes(party[0])) : card.parties;
    const name = (number) => (subjects.length > 1 ? `${data.subjects[number].label} ` : "");
    const badges = own.map(([number, role]) => tinted("span", `badge ${role}`, role, name(number), text(`role_${role}`)));
    const clause = [card.clause, card.heading && card.heading !== card.text ? card.heading : ""].filter(Boolean).join("　");
    const facts = card.targets.map((target) => make("li", "", target));
    if (card.due) facts.unshift(make("li", "due", `${text("due")}：${card.due}`));
    const head = make("div", "card-head", ...badges, make("span", "", clause), link(agencies ? subjects[0] : card.doc, card));
    return article(
      card, head, card.text ? make("p", "task", card.text) : null, facts.length ? make("ul", "facts", ...facts) : null,
      bearers(others), agencies ? document_(card) : null, card.note ? make("p", "note", `${text("doubt")}：${card.note}`) : null,
      evidence(card),
    );
  }

  /** A mention of one document in another, seen from either side. */
  function mention(card, seen, incoming) {
    const [source, target] = [card.parties[0][0], card.parties[1][0]];
    const badge = tinted("span", `badge ${card.role}`, `line-${card.role}`, text(`${incoming ? "rev" : "role"}_${card.role}`));
    const other = seen === null ? [source, target] : [incoming ? source : target];
    const names = other.map((number) => {
      const name = button("back", () => zhize.choose(number), data.subjects[number].name);
      return make("p", "task", name, data.subjects[number].number ? ` ${data.subjects[number].number}` : "", stateTag(number));
    });
    const clause = make("span", "", card.clause ? `${text("clause")} ${card.clause}` : "");
    return article(card, make("div", "card-head", badge, clause), ...names, evidence(card));
  }

  return { inParts, cardList, chip, address, duty, mention };
})();
