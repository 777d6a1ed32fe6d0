// The page's data and what the filters leave of it. Nothing here touches the network drawing.
"use strict";

const zhize = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const agencies = data.kind === "agencies";
  const state = { role: "", place: "", doc: "", type: "", soft: !agencies, threshold: data.threshold, subject: null, line: null };

  const cardsOf = data.subjects.map(() => []);
  data.cards.forEach((card, number) => {
    card.parties = card.parties || [];
    card.targets = card.targets || [];
    for (const subject of new Set(card.parties.map((party) => party[0]))) cardsOf[subject].push(number);
  });
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

  /** Whether the role and document filters let a card pass. */
  function cardPasses(card) {
    if (state.doc !== "" && card.doc !== Number(state.doc)) return false;
    return !state.role || card.parties.some((party) => party[1] === state.role);
  }

  const cardsShown = (subject) => cardsOf[subject].filter((n) => cardPasses(data.cards[n]) && bears(data.cards[n], subject));

  function subjectPasses(number) {
    const subject = data.subjects[number];
    if (subject.soft && !state.soft) return false;
    if (state.place && (subject.place || "-") !== state.place) return false;
    if (state.type && subject.type !== state.type) return false;
    return (!state.role && state.doc === "") || cardsShown(number).length > 0;
  }

  /** The cards behind a line that pass the filters and name both ends or the whole assignment. */
  function lineCards(line) {
    return line.cards.filter((n) => cardPasses(data.cards[n]) && (bears(data.cards[n], line.a) || bears(data.cards[n], line.b)));
  }

  const weight = (cards) => new Set(cards.map((n) => data.cards[n].assignment)).size;

  /** What is to be drawn now: the subjects, and the lines with their weights; `whole` counts the lines below the limit too. */
  function visible() {
    const subjects = new Set();
    data.subjects.forEach((_, number) => { if (subjectPasses(number)) subjects.add(number); });
    const lines = new Map();
    let whole = 0;
    data.lines.forEach((line, number) => {
      if (!subjects.has(line.a) || !subjects.has(line.b)) return;
      const heavy = weight(lineCards(line));
      if (!heavy) return;
      whole += 1;
      const chosen = state.subject === line.a || state.subject === line.b || state.line === number;
      if (heavy >= state.threshold || chosen) lines.set(number, heavy);
    });
    return { subjects, lines, whole };
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
    data, agencies, state, cardsOf, linesOf, text, make, button, tinted, cardPasses, cardsShown, lineCards, weight, visible,
    roleCounts, find,
  };
})();
