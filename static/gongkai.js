/* Optional comforts. Every page is complete without this file. It stands in the head, so that elder mode never flashes. */
(() => {
  const root = document.documentElement;
  // The cookie the server sets and reads too (cms/delivery/modes.py): one word about type, nothing about a person.
  const store = {
    get(key) { return document.cookie.split("; ").find((each) => each.startsWith(`${key}=`))?.slice(key.length + 1); },
    set(key, value) { document.cookie = `${key}=${value}; path=/; max-age=31536000; samesite=lax`; },
  };

  // The address wins, then what was chosen before, then what the server said.
  const asked = new URLSearchParams(location.search).get("mode");
  const mode = asked || store.get("mode");
  if (mode) root.classList.toggle("elder", mode === "elder");

  const address = (wanted) => {
    const url = new URL(location.href);
    url.searchParams.set("mode", wanted);
    return url;
  };

  const label = (link) => {
    const elder = root.classList.contains("elder");
    link.textContent = elder ? link.dataset.standard : link.dataset.elder;
    link.href = address(elder ? "standard" : "elder").search;
  };

  const elderSwitch = (links) => {
    links.forEach((link) => {
      label(link);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const wanted = root.classList.toggle("elder") ? "elder" : "standard";
        store.set("mode", wanted);
        if (asked) history.replaceState(null, "", address(wanted));
        links.forEach(label);
      });
    });
  };

  const copyButton = (button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.done;
    });
  };

  const letterCount = (out) => {
    const field = document.getElementById(out.dataset.count);
    const show = () => {
      out.textContent = out.dataset.text.replace("{written}", field.value.length).replace("{most}", field.maxLength);
    };
    field.addEventListener("input", show);
    show();
  };

  document.addEventListener("DOMContentLoaded", () => {
    elderSwitch(document.querySelectorAll("[data-elder]"));
    document.querySelectorAll("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => print());
    });
    document.querySelectorAll("[data-copy]").forEach(copyButton);
    document.querySelectorAll("[data-count]").forEach(letterCount);
    // On a phone the facets start folded, so that results come first.
    if (matchMedia("(max-width: 63.99em)").matches) {
      document.querySelectorAll("details.facet").forEach((facet) => { facet.open = false; });
    }
  });
})();
