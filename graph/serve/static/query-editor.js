// The editor: YASQE with the terms of the ontology, by name and by label, and with the place of an error marked.
// It asks nobody: its completers of other sites, its storage and its buttons are left out.
"use strict";

const WORD = /[\p{L}\p{N}_:-]*$/u;
const HAN = /\p{Script=Han}/u;
const MOST = 60; // suggestions: more than anybody scrolls through

/** The terms that a written word may mean: first those whose name begins so, then those whose label holds it. */
function fitting(terms, word) {
  const wanted = word.toLowerCase();
  const rank = (term) => {
    const name = term.name.toLowerCase(), local = name.slice(name.indexOf(":") + 1), label = term.label.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (local.startsWith(wanted)) return 1;
    if (label.startsWith(wanted)) return 2;
    if (label.includes(wanted) || (wanted.length > 2 && local.includes(wanted))) return 3;
    return HAN.test(wanted) && term.comment.includes(wanted) ? 4 : 9;
  };
  const ranked = terms.map((term) => [rank(term), term]).filter(([n]) => n < 9);
  ranked.sort((a, b) => a[0] - b[0] || (a[1].name < b[1].name ? -1 : 1));
  return ranked.slice(0, MOST).map(([, term]) => term);
}

function wordBefore(yasqe) {
  const cursor = yasqe.getDoc().getCursor();
  return WORD.exec(yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch))[0];
}

function completer(setup) {
  const byName = new Map(setup.terms.map((term) => [term.name, term]));
  return {
    name: "zhize",
    bulk: false,
    autoShow: true,
    isValidCompletionPosition(yasqe) {
      const cursor = yasqe.getDoc().getCursor(), token = yasqe.getTokenAt(cursor), word = wordBefore(yasqe);
      if (/comment|string(?!-2)/.test(token.type || "")) return false;
      const before = yasqe.getDoc().getLine(cursor.line).slice(0, cursor.ch - word.length);
      if (/[?$@]$/.test(before) || /<[^>]*$/.test(before)) return false;
      return word.length > 1 || HAN.test(word);
    },
    preProcessToken(yasqe, token) {
      const cursor = yasqe.getDoc().getCursor(), word = wordBefore(yasqe);
      return { ...token, string: word, autocompletionString: word, from: { ch: cursor.ch - word.length }, to: { ch: cursor.ch } };
    },
    get: (yasqe, token) => fitting(setup.terms, token.string).map((term) => term.name),
    postprocessHints(yasqe, hints) {
      for (const hint of hints) hint.render = (element) => draw(element, byName.get(hint.text), setup.words);
      return hints.length === 1 && hints[0].text === wordBefore(yasqe) ? [] : hints;
    },
  };
}

function draw(element, term, words) {
  const name = document.createElement("b"), label = document.createElement("span"), kind = document.createElement("small");
  name.textContent = term.name;
  label.textContent = term.label;
  kind.textContent = words[term.kind];
  element.title = term.comment;
  element.append(name, label, kind);
}

/** Tells the language of the editor that the server declares the prefixes of the ontology itself. */
function declarePrefixes(prefixes) {
  const made = Yasqe.modes.sparql11;
  Yasqe.defineMode("sparql11", (config, options) => {
    const mode = made(config, options), start = mode.startState;
    return { ...mode, startState: () => ({ ...start(), prefixes: { ...prefixes } }) };
  });
}

/** YASQE in `place`; `run` answers Ctrl+Enter. */
export function makeEditor(place, setup, run) {
  declarePrefixes(setup.prefixes);
  Yasqe.registerAutocompleter(completer(setup));
  Yasqe.defaults.autocompleters = ["variables", "zhize"]; // the others ask other sites
  const keys = { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-S": () => {} };
  const yasqe = new Yasqe(place, {
    value: setup.query,
    extraKeys: { ...Yasqe.defaults.extraKeys, ...keys },
    persistenceId: null,
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    collapsePrefixesOnLoad: true,
    prefixCcApi: null,
    editorHeight: "auto",
    viewportMargin: Infinity,
  });
  yasqe.checkSyntax = () => markLine(yasqe, setup.words);
  yasqe.checkSyntax();
  yasqe.getInputField().setAttribute("aria-label", place.getAttribute("aria-label"));
  let marks = [];
  const unmark = () => { marks.forEach((mark) => mark.clear()); marks = []; };
  yasqe.on("change", unmark);
  return {
    get value() { return yasqe.getValue(); },
    set value(text) { yasqe.setValue(text); yasqe.refresh(); },
    unmark,
    refresh: () => yasqe.refresh(),
    /** Where the query is wrong by the editor's own reading (from 1) and what could stand there, or null. */
    get wrong() { return yasqe.wrong; },
    /** Marks a place (from 1) and puts the cursor there. */
    mark(line, column) {
      unmark();
      const doc = yasqe.getDoc(), row = Math.min(line, doc.lineCount()) - 1, text = doc.getLine(row);
      const before = text.slice(0, column - 1), after = /^\S+/.exec(text.slice(column - 1));
      const word = after || /\S*\s*$/.exec(before); // at a blank or at the end it is the word before that is wrong
      const from = after ? column - 1 : before.length - word[0].length, to = from + Math.max(word[0].trimEnd().length, 1);
      marks.push(doc.markText({ line: row, ch: from }, { line: row, ch: to }, { className: "place" }));
      const lines = doc.addLineClass(row, "background", "place-line");
      marks.push({ clear: () => doc.removeLineClass(lines, "background", "place-line") });
      doc.setCursor({ line: row, ch: from });
    },
  };
}

/** A mark beside the first line that cannot be SPARQL, with what could stand there; the place (from 1) stays in `yasqe.wrong`. */
function markLine(yasqe, words) {
  const doc = yasqe.getDoc();
  yasqe.queryValid = true;
  yasqe.wrong = null;
  yasqe.clearGutter("gutterErrorBar");
  for (let at = 0; at < doc.lineCount(); at += 1) {
    const { state } = yasqe.getTokenAt({ line: at, ch: doc.getLine(at).length }, true);
    yasqe.setOption("queryType", state.queryType);
    if (state.OK !== false) continue;
    const mark = document.createElement("span"), could = (state.possibleCurrent || []).slice(0, 12).join(" ");
    mark.className = "wrong-line";
    mark.textContent = "!";
    mark.title = words.line_wrong.replace("{words}", could || "…");
    yasqe.setGutterMarker(at, "gutterErrorBar", mark);
    yasqe.queryValid = false;
    yasqe.wrong = { line: at + 1, column: (state.errorStartPos || 0) + 1, could, prefix: Boolean(state.errorMsg) };
    return;
  }
}
