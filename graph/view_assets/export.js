// The drawing as a picture file: title, drawing and legend of colours, twice as fine as on the screen.
"use strict";

zhize.exporter = (() => {
  const { data, text, canvas } = zhize;
  const FACE = getComputedStyle(document.documentElement).getPropertyValue("--face");
  const FINE = 2;
  const HEAD = 72;
  const LINE = 22;
  const SIDE = 24;

  /** The drawing on a canvas of its own with `FINE` times as many pixels each way. */
  function enlarged(box) {
    const own = Object.getOwnPropertyDescriptor(window, "devicePixelRatio");
    Object.defineProperty(window, "devicePixelRatio", { value: FINE, configurable: true });
    const copy = document.createElement("canvas");
    try {
      canvas.network.redraw();
      const source = box.querySelector("canvas");
      Object.assign(copy, { width: source.width, height: source.height });
      copy.getContext("2d").drawImage(source, 0, 0);
    } finally {
      if (own) Object.defineProperty(window, "devicePixelRatio", own);
      else delete window.devicePixelRatio;
      canvas.network.redraw();
    }
    return copy;
  }

  /** The colours that occur, with their names, in rows of at most `width` pixels. */
  function legendRows(context, width) {
    const rows = [[]];
    let used = 0;
    data.groups.forEach((name, number) => {
      const needs = context.measureText(name).width + 40;
      if (used + needs > width && used) { rows.push([]); used = 0; }
      rows[rows.length - 1].push({ name, colour: canvas.colour(`g${number}`), at: used });
      used += needs;
    });
    return rows.filter((row) => row.length);
  }

  function paint() {
    const box = document.getElementById("net");
    const drawing = enlarged(box);
    const [width, height] = [drawing.width / FINE, drawing.height / FINE];
    const sheet = document.createElement("canvas");
    const context = sheet.getContext("2d");
    context.font = `12.5px ${FACE}`;
    const rows = legendRows(context, width - 2 * SIDE);
    Object.assign(sheet, { width: width * FINE, height: (HEAD + height + rows.length * LINE + (rows.length ? 14 : 0)) * FINE });
    context.scale(FINE, FINE);
    context.fillStyle = canvas.colour("paper");
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.drawImage(drawing, 0, HEAD, width, height);
    context.textBaseline = "middle";
    context.fillStyle = canvas.colour("ink");
    context.font = `600 20px ${FACE}`;
    context.fillText(document.title, SIDE, 30, width - 2 * SIDE);
    context.fillStyle = canvas.colour("soft");
    context.font = `12.5px ${FACE}`;
    const about = [document.getElementById("summary").textContent, document.getElementById("drawn").textContent];
    context.fillText(about.filter(Boolean).join("　"), SIDE, 56, width - 2 * SIDE);
    rows.forEach((row, line) => row.forEach(({ name, colour, at }) => {
      const y = HEAD + height + line * LINE + 8;
      context.fillStyle = colour;
      context.beginPath();
      context.arc(SIDE + at + 6, y, 5.5, 0, 2 * Math.PI);
      context.fill();
      context.fillStyle = canvas.colour("soft");
      context.fillText(name, SIDE + at + 18, y);
    }));
    return sheet;
  }

  /** A name that every file system takes. */
  const fileName = () => `${document.title.replace(/[\\/:*?"<>|~\u0000-\u001f]+/g, "_").slice(0, 60).trim() || "zhize"}.png`;

  /** Writes the picture; nothing leaves the page but the file. */
  function save() {
    paint().toBlob((blob) => {
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(blob);
      anchor.download = fileName();
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 10000);
    }, "image/png");
  }

  return { save, label: () => text("save_png") };
})();
