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

  // What voices call the languages of our pages.
  const VOICES = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW" };

  // One utterance a line: some browsers fall silent in the midst of long ones.
  const readAloud = (button) => {
    if (!("speechSynthesis" in window)) return;
    const said = button.textContent;
    let reading = false;
    const finish = () => { reading = false; button.textContent = said; };
    button.closest("li").hidden = false;
    button.addEventListener("click", () => {
      speechSynthesis.cancel();
      if (reading) { finish(); return; }
      const lines = document.getElementById(button.dataset.aloud).innerText.split(/\n+/).filter((line) => line.trim());
      const utterances = lines.map((line) => Object.assign(new SpeechSynthesisUtterance(line), { lang: VOICES[root.lang] || root.lang }));
      if (!utterances.length) return;
      reading = true;
      button.textContent = button.dataset.stop;
      utterances.at(-1).addEventListener("end", finish);
      utterances.forEach((utterance) => { utterance.addEventListener("error", finish); speechSynthesis.speak(utterance); });
    });
    addEventListener("pagehide", () => speechSynthesis.cancel());
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-aloud]").forEach(readAloud);
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
