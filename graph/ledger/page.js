(function () {
  "use strict";
  var box = document.querySelector(".find input"), said = document.querySelector(".find output");
  var table = document.querySelector("table");
  if (!box || !table) { return; }
  var rows = Array.prototype.slice.call(table.tBodies[0].rows);
  function sift() {
    var wanted = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean), shown = 0, part = null, inPart = 0, under = "";
    function close() { if (part) { part.hidden = wanted.length > 0 && inPart === 0; } }
    rows.forEach(function (row) {
      if (row.className === "part") { close(); part = row; inPart = 0; under = row.textContent; return; }
      var text = (under + " " + row.textContent).toLowerCase();
      var fits = wanted.every(function (word) { return text.indexOf(word) >= 0; });
      row.hidden = !fits;
      if (fits) { shown += 1; inPart += 1; }
    });
    close();
    said.textContent = wanted.length ? said.dataset.words.replace("{n}", shown) : "";
  }
  box.addEventListener("input", sift);
}());
