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

  // 我的行业: a query string and its names, on this device alone; the server never sees more than the address.
  const mine = {
    get() { try { return JSON.parse(localStorage.getItem("mine")) || {}; } catch { return {}; } },
    set(query, names) {
      try {
        if (query) localStorage.setItem("mine", JSON.stringify({ query, names })); else localStorage.removeItem("mine");
      } catch { /* Storage is switched off: the address still holds the choice. */ }
    },
    // Only what somebody chose here replaces what was kept, not a link that was sent to them.
    step(set) {
      try {
        const found = sessionStorage.getItem("mine-step");
        if (set) sessionStorage.setItem("mine-step", "1"); else sessionStorage.removeItem("mine-step");
        return found;
      } catch { return null; }
    },
  };

  const mineDoors = () => {
    const { query, names } = mine.get();
    document.querySelectorAll("[data-mine-door]").forEach((door) => {
      door.hidden = !query && !door.dataset.kept;
      if (!query) return;
      door.search = query;
      if (door.dataset.kept) door.textContent = door.dataset.kept;
    });
    document.querySelectorAll("[data-mine-list]").forEach((list) => { list.textContent = (query && names || []).join(" · "); });
  };

  // One choice, one address: the order of cms/mine/choice.py.
  const inOrder = (chosen, kind, codes) => {
    const ordered = new URLSearchParams();
    ["industry", "district", "unit"].forEach((each) => {
      (each === kind ? codes : chosen.getAll(each)).forEach((code) => ordered.append(each, code));
    });
    return ordered.toString();
  };

  const mineButton = (link) => {
    const { mineKind: kind, mineCode: code, mineName: name, done, full } = link.dataset;
    const plain = link.textContent;
    const has = () => new URLSearchParams(mine.get().query).getAll(kind).includes(code);
    const show = () => {
      link.textContent = has() ? done : plain;
      link.setAttribute("aria-pressed", has());
      mineDoors();
    };
    const toggle = (event) => {
      event.preventDefault();
      const { query, names = [] } = mine.get();
      const chosen = new URLSearchParams(query);
      const others = chosen.getAll(kind).filter((each) => each !== code);
      if (!has() && others.length >= (kind === "unit" ? 30 : 20)) { link.textContent = full; return; }
      const wanted = has() ? others : [...others, code].sort();
      mine.set(inOrder(chosen, kind, wanted), [...names.filter((each) => each !== name), ...(has() ? [] : [name])]);
      show();
    };
    link.setAttribute("role", "button");
    link.addEventListener("click", toggle);
    link.addEventListener("keydown", (event) => { if (event.key === " ") toggle(event); });
    show();
  };

  const minePage = (head) => {
    const query = head.dataset.mine;
    const names = head.dataset.names.split("|");
    if (mine.step(false)) mine.set(query, names);
    else if (!query && !location.search && mine.get().query) { location.replace(`?${mine.get().query}`); return; }
    const keep = head.querySelector("[data-mine-keep]");
    const forget = head.querySelector("[data-mine-forget]");
    const isKept = () => mine.get().query === query;
    if (keep) {
      keep.hidden = isKept();
      forget.hidden = !isKept();
      keep.addEventListener("click", () => { mine.set(query, names); keep.textContent = keep.dataset.done; forget.hidden = false; });
      forget.addEventListener("click", () => { mine.set(""); location.assign(location.pathname); });
    }
    document.querySelector("[data-mine-form]").addEventListener("submit", () => mine.step(true));
    document.querySelectorAll("[data-mine-step]").forEach((link) => link.addEventListener("click", () => mine.step(true)));
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

  // Suggestions while typing: a combobox over the plain form, by the keys of WAI-ARIA's pattern.
  const suggesting = (form) => {
    const field = form.querySelector("input[type=search]");
    const list = document.createElement("ul");
    list.id = `${field.id}-suggestions`;
    list.className = "suggest";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestLabel);
    field.after(list);
    field.autocomplete = "off";
    const state = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
    Object.entries(state).forEach(([name, value]) => field.setAttribute(name, value));
    let current = -1;
    let timer;
    let asked = "";

    const close = () => {
      list.hidden = true;
      current = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const choose = (option) => {
      field.value = option.textContent;
      close();
      form.requestSubmit ? form.requestSubmit() : form.submit();
    };
    const point = (at) => {
      current = at;
      [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
      if (at < 0) field.removeAttribute("aria-activedescendant");
      else field.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const show = (texts) => {
      list.replaceChildren(...texts.map((text, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = text;
        // Before the field loses the focus.
        option.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
        return option;
      }));
      current = -1;
      field.removeAttribute("aria-activedescendant");
      list.hidden = texts.length === 0;
      field.setAttribute("aria-expanded", String(!list.hidden));
    };
    const ask = async () => {
      const wanted = asked = field.value.trim();
      if (wanted.length < 2) return close();
      try {
        const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(wanted)}`, { credentials: "omit" });
        const found = answer.ok ? (await answer.json()).suggestions : [];
        if (wanted === asked && document.activeElement === field) show(found);
      } catch {
        close();
      }
    };

    field.addEventListener("input", (event) => {
      clearTimeout(timer);
      if (!event.isComposing) timer = setTimeout(ask, 200);
    });
    field.addEventListener("compositionend", () => { timer = setTimeout(ask, 200); });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      const last = list.children.length - 1;
      if (list.hidden || event.isComposing) return;
      if (event.key === "ArrowDown") point(current === last ? -1 : current + 1);
      else if (event.key === "ArrowUp") point(current < 0 ? last : current - 1);
      else if (event.key === "Enter" && current >= 0) choose(list.children[current]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-aloud]").forEach(readAloud);
    document.querySelectorAll("form[data-suggest]").forEach(suggesting);
    elderSwitch(document.querySelectorAll("[data-elder]"));
    document.querySelectorAll("[data-print]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => print());
    });
    document.querySelectorAll("[data-copy]").forEach(copyButton);
    document.querySelectorAll("[data-count]").forEach(letterCount);
    document.querySelectorAll("[data-mine]").forEach(minePage);
    document.querySelectorAll("[data-mine-code]").forEach(mineButton);
    mineDoors();
    // On a phone the facets start folded, so that results come first.
    if (matchMedia("(max-width: 63.99em)").matches) {
      document.querySelectorAll("details.facet").forEach((facet) => { facet.open = false; });
    }
  });
})();
