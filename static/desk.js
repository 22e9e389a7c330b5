/* Keys of the queue and the approval screen, and ticking all. Everything works without. Keys never decide: they move the
   focus. Off with Wagtail's own switch (account > keyboard shortcuts). */
(() => {
  "use strict";
  const config = document.getElementById("wagtail-config");
  const enabled = config ? JSON.parse(config.textContent).KEYBOARD_SHORTCUTS_ENABLED !== false : true;
  const writing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");

  const step = (by) => {
    const links = [...document.querySelectorAll("[data-keys=rows] .row__title a")];
    if (!links.length) return false;
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1)];
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
    return true;
  };
  const focus = (selector) => {
    const found = document.querySelector(selector);
    if (found) found.focus();
    return Boolean(found);
  };
  const follow = (rel) => {
    const link = document.querySelector(`.approve-head a[rel=${rel}]`);
    if (link) link.click();
    return Boolean(link);
  };
  const keys = {
    j: () => step(1) || follow("next"),
    k: () => step(-1) || follow("prev"),
    a: () => focus("#decision button[value=approve]"),
    r: () => focus("#decision [name=reason]") || focus("#decision [name=comment]"),
    x: () => {
      const row = document.activeElement.closest("li");
      const box = row && row.querySelector("input[type=checkbox]");
      if (box) box.click();
      return Boolean(box);
    },
  };
  document.addEventListener("keydown", (event) => {
    if (!enabled || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (writing(event.target) || document.querySelector("[aria-modal=true]:not([aria-hidden=true])")) return;
    if (Object.hasOwn(keys, event.key) && keys[event.key]()) event.preventDefault();
  });

  for (const button of document.querySelectorAll("[data-tick-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...button.form.querySelectorAll("input[type=checkbox][name=state]")];
      const all = boxes.every((box) => box.checked);
      for (const box of boxes) box.checked = !all;
    });
  }
})();
