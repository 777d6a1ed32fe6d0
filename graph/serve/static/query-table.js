// An answer on the page: every word from the graph reaches it as a text node, and only our own addresses become links.
"use strict";

const STEP = 500; // rows drawn at a time
const LONG = 14; // characters: a shorter cell stays on one line, a longer one gets room
const NUMBER = /#(integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const PAGES = [ // what follows the beginning that all our things have, and the page that shows such a thing
  [/^agency\/[^/]+$/, "/agency"],
  [/^(?:policy|document)\/[^/]+$/, "/policy"],
  [/^policy\/[^/]+\/(?:duty|target|citation|reference|precedence|note)\/[^/]+$/, "/fact"],
];

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** The page of this program that shows a thing, "" where none does. */
export function pageOf(iri, setup) {
  if (!iri.startsWith(setup.data)) return "";
  const rest = iri.slice(setup.data.length), found = PAGES.find(([form]) => form.test(rest));
  return found ? `${found[1]}?iri=${encodeURIComponent(iri)}${setup.lang === "en" ? "&lang=en" : ""}` : "";
}

/** An IRI as a person would write it. */
export function shortIri(iri, setup) {
  for (const [prefix, space] of Object.entries(setup.prefixes)) {
    if (iri.startsWith(space) && /^[\w-]+$/.test(iri.slice(space.length))) return `${prefix}:${iri.slice(space.length)}`;
  }
  if (!iri.startsWith(setup.data)) return iri;
  const rest = iri.slice(setup.data.length).replace(/^agency\/|^policy\/[^/]+\/(?=.)/, "");
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}

function cell(term, setup) {
  const made = element("td");
  if (!term) return made;
  if (term.type === "uri") {
    const page = pageOf(term.value, setup), shown = element(page ? "a" : "span", shortIri(term.value, setup), "iri");
    if (page) shown.href = page;
    shown.title = term.value;
    made.append(shown);
  } else if (term.type === "bnode") {
    made.append(element("span", `_:${term.value}`, "iri"));
  } else {
    made.append(element("span", term.value));
    if (term.datatype && NUMBER.test(term.datatype)) made.className = "number";
    if (term["xml:lang"]) made.title = `@${term["xml:lang"]}`;
    else if (term.datatype) made.title = shortIri(term.datatype, setup);
  }
  if (!made.className) made.className = made.textContent.length > LONG ? "long" : "short";
  return made;
}

/** Draws solutions; gives a function that draws the next rows and says how many are drawn. */
export function drawRows(place, answer, setup) {
  const names = answer.head.vars, rows = answer.results.bindings;
  const table = element("table"), body = element("tbody"), head = element("thead"), line = element("tr");
  for (const name of names) {
    const heading = element("th", name);
    heading.scope = "col";
    line.append(heading);
  }
  head.append(line);
  table.append(head, body);
  place.replaceChildren(table);
  let drawn = 0;
  const draw = () => {
    for (const row of rows.slice(drawn, drawn + STEP)) {
      const tr = element("tr");
      for (const name of names) tr.append(cell(row[name], setup));
      body.append(tr);
    }
    drawn = Math.min(drawn + STEP, rows.length);
    return { drawn, left: rows.length - drawn };
  };
  return draw;
}

/** Draws the answer of ASK, or a graph as text. */
export function drawText(place, text, className) {
  place.replaceChildren(element(className === "graph" ? "pre" : "p", text, className));
}
