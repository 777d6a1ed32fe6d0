// Labels where they find room: the important ones first, none over another.
"use strict";

zhize.labels = (() => {
  const FACE = getComputedStyle(document.documentElement).getPropertyValue("--face");
  const LINE = 9; // characters in a line of a label that is broken
  const WHOLE = 10; // characters up to which a label is not broken
  const ROWS = 3;
  const ALWAYS = 14; // labels of the largest circles may cover small circles, if need be others, never labels
  const LARGE = 7; // pixels on the screen
  const LEAST = 2.6; // pixels on the screen: a smaller circle gets its label when the picture is enlarged
  const BESIDE = 5; // pixels between labels in one line, which would read as one word
  const OPENING = "（(《〈“‘【〔"; // a line does not end with these
  const CLOSING = "、，。；：）)》〉”’】〕…"; // a line does not begin with these

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
    const inside = (place) => place.x > frame.left && place.x + width < frame.right
      && place.y > frame.top && place.y + height < frame.bottom;
    // `cover` is the radius from which circles are not covered: 0 spares all, Infinity covers any; labels are always spared
    const free = (cover) => (place) => inside(place)
      && !taken.some((other) => other.of !== spot.number && (other.circle === 0 || other.circle >= cover) && hits(place, other));
    const weighty = () => places.find(free(LARGE)) || places.find(free(Infinity));
    return places.find(free(0)) || (spot.weighty ? weighty() : null) || (must ? places.find(inside) || places[0] : null);
  }

  /** Labels in the order of importance, each where it hides no other; at every zoom the letters keep their size. */
  function draw(context, { blocked, things, spots, scale, lit, hovered, colours, frame }) {
    const first = (spot) => (spot.number === zhize.state.subject || spot.number === hovered ? 0 : 1);
    const queue = spots
      .filter((spot) => (lit ? lit.has(spot.number) : spot.r > LEAST) || spot.number === hovered)
      .sort((a, b) => first(a) - first(b) || b.r - a.r || a.number - b.number);
    const square = (s) => ({ x: s.x - s.r * 0.8, y: s.y - s.r * 0.8, w: s.r * 1.6, h: s.r * 1.6 });
    const taken = spots.filter((s) => s.r > 3).map((s) => ({ ...square(s), of: s.number, circle: s.r }));
    taken.push(blocked);
    queue.slice(0, ALWAYS).forEach((spot) => { spot.weighty = true; });
    context.save();
    context.scale(1 / scale, 1 / scale);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const spot of queue) {
      const must = first(spot) === 0;
      const big = things[spot.number].size > 15;
      const size = big || must ? 13.5 : 12;
      context.font = `${big || must ? "600 " : ""}${size}px ${FACE}`;
      const lines = wrap(things[spot.number].label);
      const width = Math.max(...lines.map((line) => context.measureText(line).width));
      const place = room(spot, width, lines.length * size * 1.25, taken, must, frame);
      if (!place) continue;
      taken.push({ ...place, x: place.x - BESIDE, w: width + 2 * BESIDE, of: -1, circle: 0 });
      context.strokeStyle = colours.paper;
      context.fillStyle = things[spot.number].soft && !must ? colours.soft : colours.ink;
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

  return { draw };
})();
