// The page's data and what the filters leave of it. Nothing here touches the network drawing.
"use strict";

const zhize = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const agencies = data.kind === "agencies";
  const clustered = data.clusters.length > 0;
  const JOINS = 3; // the strongest joins of each group are drawn: all of them would hide the groups
  const state = {
    role: "", place: "", doc: "", type: "", year: "", standing: data.state, soft: !agencies, threshold: data.threshold,
    subject: null, line: null, cluster: null, card: null,
  };

  const over = (life, day) => life.ended && (!life.last || life.last < day);

  /** Judges all documents, and duties whose clauses end before them, on a day (ISO), as graph/standing.py does. */
  function judge(day) {
    data.day = day;
    for (const doc of data.docs) {
      const held = doc.held ? ((doc.begins || "") > day ? "pending" : "in_force") : "unknown";
      doc.state = over(doc, day) ? doc.ended : held;
    }
    for (const card of [...data.cards, ...data.duties]) card.state = over(card, day) ? card.ended : data.docs[card.doc].state;
  }
  if (data.day) judge(data.day);

  for (const card of [...data.cards, ...data.duties]) {
    card.parties = card.parties || [];
    card.targets = card.targets || [];
  }
  const cardsOf = data.subjects.map(() => []);
  data.cards.forEach((card, number) => {
    for (const subject of new Set(card.parties.map((party) => party[0]))) cardsOf[subject].push(number);
  });
  const dutiesOf = agencies ? [] : data.subjects.map(() => []);
  data.duties.forEach((card) => dutiesOf[card.doc].push(card));
  const linesOf = data.subjects.map(() => []);
  data.lines.forEach((line, number) => {
    line.cards = line.cards || [];
    linesOf[line.a].push(number);
    if (line.b !== line.a) linesOf[line.b].push(number);
  });

  /** The page's words for a key, with {name} filled in. */
  function text(key, values = {}) {
    return String(data.texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  for (const cluster of data.clusters) {
    const name = cluster.name || text("cluster_rest");
    cluster.name = cluster.label = name + text(`cluster_size_${data.kind}`, { n: cluster.members });
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

  /** An element whose colour is a custom property of the style sheet. */
  function tinted(tag, className, colour, ...children) {
    const element = make(tag, className, ...children);
    element.style.setProperty("--c", `var(--${colour})`);
    return element;
  }

  const bears = (card, subject) => card.parties.some((p) => p[0] === subject && (!state.role || p[1] === state.role));

  const yearPasses = (doc) => !state.year || (doc.dated || "").slice(0, 4) === state.year;
  const standingPasses = (judged) => !state.standing || judged.state === state.standing;

  /** Whether the year and standing filters let a document pass. */
  const docPasses = (number) => yearPasses(data.docs[number]) && standingPasses(data.docs[number]);

  /** Whether the role and document filters let a card pass. */
  function cardPasses(card) {
    if (state.doc !== "" && card.doc !== Number(state.doc)) return false;
    if (agencies && !(yearPasses(data.docs[card.doc]) && standingPasses(card))) return false;
    return !state.role || card.parties.some((party) => party[1] === state.role);
  }

  const cardsShown = (subject) => cardsOf[subject].filter((n) => cardPasses(data.cards[n]) && bears(data.cards[n], subject));

  /** Whether a subject's own place and genre, and a document's own year and standing, pass. */
  function fits(number) {
    const subject = data.subjects[number];
    if (state.place && (subject.place || "-") !== state.place) return false;
    return agencies || ((!state.type || subject.type === state.type) && docPasses(number));
  }

  /** A document that is only cited has no date and place of its own: it stays while a document that passes names it. */
  function named(number) {
    if (agencies || !data.subjects[number].soft) return false;
    return linesOf[number].some((n) => {
      const other = data.lines[n].a === number ? data.lines[n].b : data.lines[n].a;
      return !data.subjects[other].soft && fits(other);
    });
  }

  function subjectPasses(number) {
    if (data.subjects[number].soft && !state.soft) return false;
    if (!fits(number) && !named(number)) return false;
    const narrowed = state.role || state.doc !== "" || (agencies && (state.year || state.standing));
    return !narrowed || cardsShown(number).length > 0;
  }

  /** The cards behind a line that pass the filters and name both ends or the whole assignment. */
  function lineCards(line) {
    return line.cards.filter((n) => cardPasses(data.cards[n]) && (bears(data.cards[n], line.a) || bears(data.cards[n], line.b)));
  }

  const weight = (cards) => new Set(cards.map((n) => data.cards[n].assignment)).size;

  /** Whether the groups are drawn, and not the members of one. */
  const grouped = () => clustered && state.cluster === null;

  /** What is drawn now: groups and the joins between them, or subjects and their lines. */
  const scene = () => (grouped() ? { things: data.clusters, lines: data.joins } : { things: data.subjects, lines: data.lines });

  function visibleGroups() {
    const passing = data.subjects.map((_, number) => number).filter(subjectPasses);
    const subjects = new Set(passing.map((number) => data.subjects[number].cluster));
    const lines = new Map();
    const near = new Map([...subjects].map((number) => [number, 0])); // how many joins of each group are drawn
    const order = [...data.joins.keys()].sort((a, b) => data.joins[b].weight - data.joins[a].weight || a - b);
    for (const number of order) {
      const { a, b, weight: heavy } = data.joins[number];
      if (!subjects.has(a) || !subjects.has(b) || Math.min(near.get(a), near.get(b)) >= JOINS) continue;
      lines.set(number, heavy);
      near.set(a, near.get(a) + 1).set(b, near.get(b) + 1);
    }
    return { subjects, lines, whole: lines.size, passing };
  }

  /** What is to be drawn now: the things, and the lines with their weights; `whole` counts the lines below the limit too. */
  function visible() {
    if (grouped()) return visibleGroups();
    const subjects = new Set();
    data.subjects.forEach((subject, number) => {
      if ((!clustered || subject.cluster === state.cluster) && subjectPasses(number)) subjects.add(number);
    });
    const lines = new Map();
    let whole = 0;
    data.lines.forEach((line, number) => {
      if (!subjects.has(line.a) || !subjects.has(line.b)) return;
      const heavy = weight(lineCards(line));
      if (!heavy) return;
      whole += 1;
      const ends = [line.a, line.b];
      const chosen = state.line === number || ends.includes(state.subject) || ends.includes(data.focus);
      if (heavy >= state.threshold || chosen) lines.set(number, heavy);
    });
    return { subjects, lines, whole, passing: [...subjects] };
  }

  /** How many of a subject's shown cards it bears in each role. */
  function roleCounts(number) {
    const counts = Object.fromEntries(data.roles.map((role) => [role, 0]));
    for (const n of cardsShown(number)) {
      for (const role of new Set(data.cards[n].parties.filter((p) => p[0] === number).map((p) => p[1]))) counts[role] += 1;
    }
    return counts;
  }

  /** How well a name answers a query: 0 exactly, 1 begins, 2 holds, 3 has all its characters in order (发改委), -1 not at all. */
  function match(query, name) {
    const wanted = query.toLowerCase().replace(/\s+/g, "");
    const given = name.toLowerCase();
    if (given === wanted) return 0;
    if (given.startsWith(wanted)) return 1;
    if (given.includes(wanted)) return 2;
    let at = 0;
    for (const character of given) if (character === wanted[at]) at += 1;
    return wanted.length > 1 && at === wanted.length ? 3 : -1;
  }

  function find(query) {
    const hits = [];
    data.subjects.forEach((subject, number) => {
      if (subject.soft && !state.soft) return;
      const ranks = [subject.name, subject.label, subject.number || ""].map((name) => match(query, name)).filter((r) => r >= 0);
      if (ranks.length) hits.push([Math.min(...ranks), number]);
    });
    return hits.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((hit) => hit[1]);
  }

  return {
    data, agencies, clustered, state, cardsOf, dutiesOf, linesOf, text, make, button, tinted, cardPasses, cardsShown, lineCards,
    weight, grouped, scene, visible, roleCounts, find, judge,
  };
})();
