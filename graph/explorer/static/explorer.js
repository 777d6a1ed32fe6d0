// Comfort for those who have scripts; every page works without.
"use strict";

(() => {
  // a filter that is chosen from a list applies at once; words and days wait for Enter or the button
  for (const select of document.querySelectorAll(".filters select")) {
    let keyed = false; // choosing with the arrow keys must not leave the list at each step
    select.addEventListener("keydown", (event) => { keyed = event.key !== "Enter"; });
    select.addEventListener("pointerdown", () => { keyed = false; });
    select.addEventListener("change", () => { if (!keyed) select.form.requestSubmit(); });
  }

  // empty fields stay out of the address
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("formdata", (event) => {
      for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
    });
  }

  // "/" goes to the search box
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input, select, textarea, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    (document.getElementById("word") || document.getElementById("seek")).focus();
  });
})();
