// The drawing: vis-network with fixed positions, colours from the style sheet, and labels where they find room.
"use strict";

zhize.canvas = (() => {
  const { data, state, agencies } = zhize;
  const box = document.getElementById("net");
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, label: undefined, chosen: false })));
  const edges = new vis.DataSet(data.edges.map((edge) => ({ ...edge, chosen: false })));
  const network = new vis.Network(box, { nodes, edges }, { ...data.options, autoResize: true });
  const FACE = getComputedStyle(document.documentElement).getPropertyValue("--face");
  const LINE = 9; // characters in a line of a label that is broken
  const WHOLE = 10; // characters up to which a label is not broken
  const ROWS = 3;
  const ALWAYS = 14; // labels of the largest circles may cover small circles, if need be others, never labels
  const LARGE = 7; // pixels on the screen
  const LEAST = 2.6; // pixels on the screen: a smaller circle gets its label when the picture is enlarged
  const OPENING = "（(《〈“‘【〔"; // a line does not end with these
  const CLOSING = "、，。；：）)》〉”’】〕…"; // a line does not begin with these
  let shown = zhize.visible();
  let hovered = null;
  let colours = {};

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    const names = ["paper", "sheet", "ink", "soft", "accent", "gx", "line-peer", "line-lead"];
    names.push(...data.roles.map((role) => `line-${role}`), ...data.groups.map((_, number) => `g${number}`));
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
    if (state.line !== null) return new Set([data.lines[state.line].a, data.lines[state.line].b]);
    if (state.subject === null) return null;
    const near = new Set([state.subject]);
    for (const number of zhize.linesOf[state.subject]) {
      if (shown.lines.has(number)) near.add(data.lines[number].a).add(data.lines[number].b);
    }
    return near;
  }

  function nodeStyle(number, lit) {
    const subject = data.subjects[number];
    const base = subject.group >= 0 ? colours[`g${subject.group}`] : colours.gx;
    const on = !lit || lit.has(number);
    const fill = subject.soft ? mix(base, colours.paper, on ? 0.14 : 0.04) : mix(base, colours.paper, on ? 0.92 : 0.16);
    const chosen = number === state.subject;
    return {
      id: number, hidden: !shown.subjects.has(number), borderWidth: chosen ? 3.5 : subject.soft ? 1.4 : 1.2,
      color: { background: fill, border: chosen ? colours.ink : mix(base, colours.paper, on ? (subject.soft ? 0.9 : 1) : 0.2) },
      shapeProperties: { borderDashes: subject.soft && !chosen ? [4, 3] : false },
    };
  }

  function edgeStyle(number, most) {
    const line = data.lines[number];
    const heavy = shown.lines.get(number);
    if (!heavy) return { id: number, hidden: true };
    const picked = state.subject !== null || state.line !== null;
    const chosen = state.line === number || (state.line === null && (line.a === state.subject || line.b === state.subject));
    const tone = chosen ? 0.85 : agencies ? 0.2 + 0.4 * Math.sqrt(heavy / most) : 0.6;
    const style = {
      id: number, hidden: false, width: agencies ? 0.7 + 5 * Math.sqrt(heavy / most) : 1.3 + Math.min(heavy, 6) * 0.3,
      color: { color: mix(colours[`line-${line.kind}`], colours.paper, tone), inherit: false, opacity: picked && !chosen ? 0.12 : 1 },
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
    nodes.update(data.subjects.map((_, number) => nodeStyle(number, lit)));
    edges.update(data.lines.map((_, number) => edgeStyle(number, most)));
    return shown;
  }

  /** A label in lines of even length. */
  function wrap(words) {
    const characters = [...words];
    if (characters.length <= WHOLE) return [words];
    const kept = characters.length > ROWS * LINE ? [...characters.slice(0, ROWS * LINE - 1), "…"] : characters;
    const each = Math.ceil(kept.length / Math.ceil(kept.length / LINE));
    const rows = [[]];
    kept.forEach((character) => {
      const row = rows[rows.length - 1];
      const last = row[row.length - 1] || "";
      const whole = /\w/.test(last) && /\w/.test(character) && row.length < each + 4; // a number stays in one line
      if (row.length >= each && !CLOSING.includes(character) && !whole) rows.push(OPENING.includes(last) ? [row.pop()] : []);
      rows[rows.length - 1].push(character);
    });
    return rows.map((row) => row.join(""));
  }

  const hits = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

  /** The first free place for a label around its circle, in pixels of the screen, or null. */
  function room(spot, width, height, taken, must, frame) {
    const gap = spot.r + 3;
    const places = [
      { x: spot.x - width / 2, y: spot.y + gap }, { x: spot.x - width / 2, y: spot.y - gap - height },
      { x: spot.x + gap + 2, y: spot.y - height / 2 }, { x: spot.x - gap - 2 - width, y: spot.y - height / 2 },
      { x: spot.x + gap * 0.7, y: spot.y + gap * 0.7 }, { x: spot.x - gap * 0.7 - width, y: spot.y + gap * 0.7 },
      { x: spot.x + gap * 0.7, y: spot.y - gap * 0.7 - height }, { x: spot.x - gap * 0.7 - width, y: spot.y - gap * 0.7 - height },
    ].map((place) => ({ ...place, w: width, h: height, of: spot.number }));
    const inside = (place) => place.x > frame.left && place.x + width < frame.right && place.y > frame.top && place.y + height < frame.bottom;
    // `cover` is the radius from which circles are not covered: 0 spares all, Infinity covers any; labels are always spared
    const free = (cover) => (place) => inside(place)
      && !taken.some((other) => other.of !== spot.number && (other.circle === 0 || other.circle >= cover) && hits(place, other));
    const weighty = () => places.find(free(LARGE)) || places.find(free(Infinity));
    return places.find(free(0)) || (spot.weighty ? weighty() : null) || (must ? places.find(inside) || places[0] : null);
  }

  /** Labels in the order of importance, each where it hides no other; at every zoom the letters keep their size. */
  function drawLabels(context) {
    const scale = network.getScale();
    const lit = bright();
    const positions = network.getPositions();
    const spots = [...shown.subjects].map((number) => ({
      number, x: positions[number].x * scale, y: positions[number].y * scale, r: data.subjects[number].size * scale,
    }));
    const middle = network.getViewPosition().x * scale;
    const centre = network.getViewPosition().y * scale;
    const frame = {
      left: middle - box.clientWidth / 2 + 4, right: middle + box.clientWidth / 2 - 4,
      top: centre - box.clientHeight / 2 + 4, bottom: centre + box.clientHeight / 2 - 46, // above the line of figures
    };
    const first = (spot) => (spot.number === state.subject || spot.number === hovered ? 0 : 1);
    const queue = spots.filter((s) => (lit ? lit.has(s.number) : s.r > LEAST) || s.number === hovered).sort((a, b) => first(a) - first(b) || b.r - a.r || a.number - b.number);
    const square = (s) => ({ x: s.x - s.r * 0.8, y: s.y - s.r * 0.8, w: s.r * 1.6, h: s.r * 1.6 });
    const taken = spots.filter((s) => s.r > 3).map((s) => ({ ...square(s), of: s.number, circle: s.r }));
    queue.slice(0, ALWAYS).forEach((spot) => { spot.weighty = true; });
    context.save();
    context.scale(1 / scale, 1 / scale);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const spot of queue) {
      const must = first(spot) === 0;
      const big = data.subjects[spot.number].size > 15;
      const size = big || must ? 13.5 : 12;
      context.font = `${big || must ? "600 " : ""}${size}px ${FACE}`;
      const lines = wrap(data.subjects[spot.number].label);
      const width = Math.max(...lines.map((line) => context.measureText(line).width));
      const place = room(spot, width, lines.length * size * 1.25, taken, must, frame);
      if (!place) continue;
      taken.push({ ...place, of: -1, circle: 0 });
      context.strokeStyle = colours.paper;
      context.fillStyle = data.subjects[spot.number].soft && !must ? colours.soft : colours.ink;
      context.lineWidth = 3.5;
      lines.forEach((line, at) => {
        const x = place.x + (width - context.measureText(line).width) / 2;
        const y = place.y + (at + 0.5) * size * 1.25;
        context.strokeText(line, x, y);
        context.fillText(line, x, y);
      });
    }
    context.restore();
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
    if (shown.subjects.has(subject)) network.moveTo({ position: network.getPosition(subject), scale: Math.max(network.getScale(), 0.9), animation: false });
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
  return { network, refresh, fit, show, zoom, move, place };
})();
