// The page of the editor: runs the query, shows the answer or what is wrong with the query, shares and downloads.
"use strict";

import { makeEditor } from "./query-editor.js";
import { drawRows, drawText } from "./query-table.js";

const ACCEPT = "application/sparql-results+json, text/turtle";
const GRAPH_SHOWN = 200_000; // characters of Turtle that a page shows
const STEP_WORDS = 500;
const setup = JSON.parse(document.getElementById("setup").textContent);
const part = Object.fromEntries(
  ["run", "stop", "share", "link", "status", "error", "answer", "files", "cut", "result", "onward", "more", "shown", "code"]
    .map((id) => [id, document.getElementById(id)]),
);
const number = new Intl.NumberFormat("en");

/** The words of `key` with `{name}` filled in. */
function say(key, values = {}) {
  return setup.words[key].replace(/\{(\w+)\}/g, (mark, name) => (name in values ? String(values[name]) : mark));
}

let asked = null; // what runs: its AbortController
let drawMore = () => {};
let shownQuery = ""; // the query whose answer is on the page

const editor = makeEditor(document.getElementById("editor"), setup, run);

function post(address, values, more = {}) {
  return fetch(address, { method: "POST", body: new URLSearchParams(values), ...more });
}

async function run() {
  if (asked) asked.abort();
  const mine = asked = new AbortController(), begun = performance.now(), query = editor.value;
  editor.unmark();
  part.error.hidden = part.answer.hidden = true;
  part.share.hidden = false;
  keepAddress(query);
  const stop = clock(begun);
  try {
    const answer = await post("/sparql", { query, truncate: setup.shown }, { headers: { Accept: ACCEPT }, signal: mine.signal });
    const text = await answer.text();
    if (mine === asked) (answer.ok ? show : complain)(answer, text, query, begun);
  } catch (error) {
    if (mine === asked) {
      part.status.textContent = error.name === "AbortError" ? say("stopped") : "";
      if (error.name !== "AbortError") alarm(say("error_network"), "");
    }
  } finally {
    stop();
    if (mine === asked) {
      asked = null;
      part.stop.hidden = true;
    }
  }
}

/** Shows the seconds that a query takes; gives the function that ends it. */
function clock(begun) {
  const tell = () => { part.status.textContent = say("running", { n: Math.floor((performance.now() - begun) / 1000) }); };
  tell();
  part.stop.hidden = false;
  const timer = setInterval(tell, 1000);
  return () => clearInterval(timer);
}

function show(answer, text, query, begun) {
  const isGraph = answer.headers.get("Content-Type").startsWith("text/turtle");
  const took = say("took", { n: ((performance.now() - begun) / 1000).toFixed(1) });
  shownQuery = query;
  part.answer.hidden = false;
  part.onward.hidden = true;
  for (const button of part.files.querySelectorAll("button")) button.hidden = (button.dataset.kind === "graph") !== isGraph;
  const counted = isGraph ? showGraph(text) : showTable(JSON.parse(text));
  const cut = /^(\w+); rows=(\d+)$/.exec(answer.headers.get("X-Zhize-Truncated") || "");
  part.cut.hidden = !cut;
  if (cut) part.cut.textContent = say(`cut_${cut[1]}`, { n: number.format(cut[2]) });
  part.status.textContent = [counted, took].filter(Boolean).join(" · ");
}

function showGraph(text) {
  const body = text.replace(/^(@prefix[^\n]*\n)+\n/, ""); // the prefixes are ours and fill a screen
  const cut = body.length > GRAPH_SHOWN;
  drawText(part.result, cut ? `${body.slice(0, GRAPH_SHOWN)}\n…` : body, "graph");
  return cut ? say("part") : body.trim() ? "Turtle" : say("none");
}

function showTable(data) {
  if ("boolean" in data) {
    drawText(part.result, data.boolean ? say("yes") : say("no"), "verdict");
    return "";
  }
  const count = data.results.bindings.length;
  if (!count) {
    drawText(part.result, say("none"), "empty");
    return say("rows", { n: 0 });
  }
  const draw = drawRows(part.result, data, setup);
  drawMore = () => {
    const { drawn, left } = draw();
    part.onward.hidden = !left;
    part.more.textContent = say("more", { n: Math.min(left, STEP_WORDS) });
    part.shown.textContent = say("shown", { n: number.format(drawn), all: number.format(count) });
  };
  drawMore();
  return count === 1 ? say("row") : say("rows", { n: number.format(count) });
}

/** Says what the server refused or could not do, and marks the place. */
function complain(answer, text) {
  let told = { error: "request", message: text };
  try {
    told = JSON.parse(text);
  } catch { /* the guard answers with plain text */ }
  if (told.error === "syntax" && editor.wrong) { // the engine names the furthest place that it tried
    const { line, column, could, prefix } = editor.wrong;
    Object.assign(told, { line, column, why: prefix ? "a prefix is not declared" : could ? `expected ${could}` : told.why });
  }
  const key = `error_${told.error}` in setup.words ? `error_${told.error}` : "error_request";
  const values = { ...setup.limits, rows: number.format(setup.limits.rows), line: told.line, column: told.column };
  alarm(say(key, values), "why" in told ? because(told.why) : told.message);
  part.status.textContent = "";
  if (told.line) {
    part.code.open = true;
    editor.mark(told.line, told.column);
  }
}

/** What is wrong with the syntax; the engine says it in English. */
function because(why) {
  if (why === "a prefix is not declared") return say("why_prefix");
  return why.startsWith("expected ") ? say("why_expected", { words: why.slice("expected ".length).replaceAll(" or ", " / ") }) : why;
}

function alarm(sentence, detail) {
  const first = document.createElement("p"), second = document.createElement("p");
  first.textContent = sentence;
  second.textContent = detail;
  second.className = "detail";
  part.error.replaceChildren(first, ...(detail && detail !== sentence ? [second] : []));
  part.error.hidden = false;
}

/** The address of the page always is that of its query: a named query's own as long as its text is unchanged. */
function addressOf(query) {
  if (setup.run && query === setup.query) return location.pathname + location.search;
  return `/query${setup.lang === "en" ? "?lang=en" : ""}#query=${encodeURIComponent(query)}`;
}

function keepAddress(query) {
  const wanted = addressOf(query);
  if (location.pathname + location.search + location.hash !== wanted) history.replaceState(null, "", wanted);
}

async function share() {
  const link = location.origin + addressOf(editor.value);
  keepAddress(editor.value);
  part.link.value = link;
  part.link.hidden = false;
  part.link.select();
  let copied = true;
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    copied = false;
  }
  part.status.textContent = say(copied ? "copied" : "copy_by_hand");
}

async function download(form) {
  part.error.hidden = true;
  try {
    const answer = await post("/query/download", { query: shownQuery, format: form });
    if (!answer.ok) {
      complain(answer, await answer.text());
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `zhize-query.${form}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch {
    alarm(say("error_network"), "");
  }
}

/** The query that the fragment of the address brings, or null. */
function brought() {
  const found = /^#query=(.*)$/s.exec(location.hash);
  try {
    return found && decodeURIComponent(found[1]);
  } catch {
    return null;
  }
}

function begin() {
  const query = brought();
  if (query !== null) editor.value = query;
  if (query !== null || setup.run) run();
}

part.run.addEventListener("click", run);
part.stop.addEventListener("click", () => asked && asked.abort());
part.share.addEventListener("click", share);
part.more.addEventListener("click", () => drawMore());
part.files.addEventListener("click", (event) => { if (event.target.dataset.form) download(event.target.dataset.form); });
part.code.addEventListener("toggle", () => editor.refresh()); // it cannot measure itself while it is hidden
window.addEventListener("hashchange", begin);
document.getElementById("catalogue").open = matchMedia("(min-width: 1000px)").matches;
document.documentElement.dataset.ready = "yes";
begin();
