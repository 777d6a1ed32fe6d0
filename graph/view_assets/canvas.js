// The drawing: vis-network with fixed positions, colours from the style sheet, and labels where they find room.
"use strict";

zhize.canvas = (() => {
  const { data, state, agencies } = zhize;
  const box = document.getElementById("net");
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, label: undefined, chosen: false })));
  const edges = new vis.DataSet(data.edges.map((edge) => ({ ...edge, chosen: false })));
  const network = new vis.Network(box, { nodes, edges }, { ...data.options, autoResize: true });
  box.querySelector(".vis-network").tabIndex = -1; // the box around it has the keyboard and a name
  const GONE = ["expired", "repealed"];
  let { things, lines } = zhize.scene();
  let members = things.map((_, number) => number);
  let ties = lines.map((_, number) => number);
  let shown = zhize.visible();
  let hovered = null;
  let colours = {};

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = ["paper", "sheet", "ink", "soft", "accent", "gx", "line-peer", "line-lead"];
    names.push(...data.roles.map((role) => `line-${role}`), ...[0, 1, 2, 3, 4, 5, 6, 7].map((number) => `g${number}`));
    colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  }

  /** `share` of the first colour over the second; both are written #rrggbb. */
  function mix(over, under, share) {
    const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const [a, b] = [parts(over), parts(under)];
    return `rgb(${a.map((value, i) => Math.round(value * share + b[i] * (1 - share))).join(",")})`;
  }

  /** The subjects that stay bright: all, or the chosen one with its neighbours, or the ends of the chosen line. */
  function bright() {
    if (state.line !== null) return new Set([lines[state.line].a, lines[state.line].b]);
    if (state.subject === null || state.subject === data.focus) return null; // an ego network is all about its middle
    const near = new Set([state.subject]);
    for (const number of zhize.linesOf[state.subject]) {
      if (shown.lines.has(number)) near.add(data.lines[number].a).add(data.lines[number].b);
    }
    return near;
  }

  function nodeStyle(number, lit) {
    const subject = things[number];
    const base = subject.group >= 0 ? colours[`g${subject.group}`] : colours.gx;
    const on = !lit || lit.has(number);
    const gone = !agencies && !zhize.grouped() && !subject.soft && GONE.includes(data.docs[number].state);
    const full = subject.soft ? 0.14 : gone ? 0.4 : 0.92;
    const fill = mix(base, colours.paper, on ? full : subject.soft ? 0.04 : 0.16);
    const chosen = number === state.subject;
    return {
      id: number, hidden: !shown.subjects.has(number), borderWidth: chosen ? 3.5 : subject.soft ? 1.4 : 1.2,
      color: { background: fill, border: chosen ? colours.ink : mix(base, colours.paper, on ? (subject.soft ? 0.9 : 1) : 0.2) },
      shapeProperties: { borderDashes: subject.soft && !chosen ? [4, 3] : false },
    };
  }

  function joinStyle(number, heavy, most) {
    const share = heavy / most;
    const color = { color: mix(colours["line-peer"], colours.paper, 0.3 + 0.4 * share), inherit: false, opacity: 1 };
    return { id: number, hidden: false, width: 0.8 + 6 * share, color, arrows: "" };
  }

  function edgeStyle(number, most) {
    const line = lines[number];
    const heavy = shown.lines.get(number);
    if (!heavy) return { id: number, hidden: true };
    if (zhize.grouped()) return joinStyle(number, heavy, most);
    const picked = state.subject !== null || state.line !== null;
    const chosen = state.line === number || (state.line === null && (line.a === state.subject || line.b === state.subject));
    const tone = chosen ? 0.85 : agencies ? 0.2 + 0.4 * Math.sqrt(heavy / most) : 0.6;
    const opacity = picked && !chosen ? 0.12 : 1;
    const style = {
      id: number, hidden: false, width: agencies ? 0.7 + 5 * Math.sqrt(heavy / most) : 1.3 + Math.min(heavy, 6) * 0.3,
      color: { color: mix(colours[`line-${line.kind}`], colours.paper, tone), inherit: false, opacity },
      dashes: line.kind === "repeals" || line.kind === "amends" ? [7, 5] : false,
    };
    const [forth, back] = agencies ? line.leads || [0, 0] : [1, 0];
    const arrow = (on) => ({ enabled: on, scaleFactor: agencies ? 0.55 : 0.6 });
    style.arrows = { to: arrow((!agencies || chosen) && forth > 0), from: arrow(agencies && chosen && back > 0) };
    return style;
  }

  /** Draws what the filters and the choice leave. */
  function refresh() {
    shown = zhize.visible();
    const lit = bright();
    const most = Math.max(1, ...shown.lines.values());
    nodes.update(members.map((number) => nodeStyle(number, lit)));
    edges.update(ties.map((number) => edgeStyle(number, most)));
    return shown;
  }

  /** Takes the circles and lines of the present scene: the groups, or the members of the one that was opened. */
  function setScene() {
    ({ things, lines } = zhize.scene());
    const here = (number) => zhize.grouped() || things[number].cluster === state.cluster;
    members = [...things.keys()].filter(here);
    ties = [...lines.keys()].filter((number) => here(lines[number].a));
    hovered = null;
    shown = { subjects: new Set(), lines: new Map(), whole: 0, passing: [] }; // the drawing may be asked for on the way
    edges.clear();
    nodes.clear();
    nodes.add(members.map((id) => ({ id, size: things[id].size, x: things[id].x, y: things[id].y, shape: "dot" })));
    edges.add(ties.map((id) => ({ id, from: lines[id].a, to: lines[id].b })));
  }

  /** Labels are drawn anew with every picture; at every zoom the letters keep their size. */
  function drawLabels(context) {
    const scale = network.getScale();
    const positions = network.getPositions();
    const spots = [...shown.subjects].filter((number) => positions[number]).map((number) => ({
      number, x: positions[number].x * scale, y: positions[number].y * scale, r: things[number].size * scale,
    }));
    const middle = network.getViewPosition().x * scale;
    const centre = network.getViewPosition().y * scale;
    const frame = {
      left: middle - box.clientWidth / 2 + 4, right: middle + box.clientWidth / 2 - 4,
      top: centre - box.clientHeight / 2 + 4, bottom: centre + box.clientHeight / 2 - 46, // above the line of figures
    };
    const blocked = { x: frame.right - 96, y: frame.top, w: 100, h: 44, of: -1, circle: 0 }; // the button in the corner
    zhize.labels.draw(context, { blocked, things, spots, scale, lit: bright(), hovered, colours, frame });
  }


  /** Moves the picture so that all that is drawn, or one subject with its neighbours, is seen. */
  function fit(subject = null) {
    const near = subject === null ? null : bright();
    const wanted = [...shown.subjects].filter((number) => !near || near.has(number));
    if (!wanted.length) return;
    network.fit({ nodes: wanted, maxZoomLevel: 1.4, animation: false });
    const scale = network.getScale() * (1 - 52 / Math.max(box.clientHeight, 260)); // room for the line of figures below
    const at = network.getViewPosition();
    network.moveTo({ position: { x: at.x, y: at.y + 22 / scale }, scale, animation: false });
  }

  function show(subject) {
    if (!shown.subjects.has(subject)) return;
    network.moveTo({ position: network.getPosition(subject), scale: Math.max(network.getScale(), 0.9), animation: false });
  }

  const zoom = (factor) => network.moveTo({ scale: Math.min(4, Math.max(0.08, network.getScale() * factor)), animation: false });

  function move(dx, dy) {
    const at = network.getViewPosition();
    const step = 60 / network.getScale();
    network.moveTo({ position: { x: at.x + dx * step, y: at.y + dy * step }, animation: false });
  }

  /** Where a subject is on the screen, in CSS pixels from the drawing's corner. */
  const place = (subject) => network.canvasToDOM(network.getPosition(subject));

  network.on("afterDrawing", drawLabels);
  network.on("hoverNode", (event) => { hovered = event.node; network.redraw(); });
  network.on("blurNode", () => { hovered = null; network.redraw(); });
  readColours();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); refresh(); });
  return { network, refresh, setScene, fit, show, zoom, move, place, colour: (name) => colours[name] };
})();
