// An idle session ends. Warn before; keep what is on the page; come back to it after signing in again.
// Typing counts as being there: forms that do not save themselves send nothing while one writes.
(() => {
  const script = document.currentScript;
  if (!script || !script.dataset.session || document.body?.classList.contains("login")) return;
  const { session, login, words } = script.dataset;
  const say = JSON.parse(words);
  const WARN = 120, PULSE = 240;
  let touched = 0, told = Date.now(), ends = 0, csrf = "", timer = 0, box = null;

  const ask = async (method) => {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    if (method === "POST") headers["X-CSRFToken"] = csrf;
    const response = await fetch(session, { method, headers, credentials: "same-origin" });
    if (!response.ok) return false;
    const answer = await response.json();
    csrf = answer.csrf;
    ends = answer.left === null ? Infinity : Date.now() + answer.left * 1000;
    return true;
  };

  const show = (words, label, act) => {
    if (!box) {
      box = document.createElement("div");
      box.className = "desk-idle";
      box.setAttribute("role", "alertdialog");
      box.setAttribute("aria-label", say.title);
      box.append(document.createElement("p"), document.createElement("button"));
      box.lastChild.type = "button";
      box.lastChild.className = "button";
      document.body.append(box);
    }
    box.hidden = false;
    box.firstChild.textContent = words;
    box.lastChild.textContent = label;
    box.lastChild.onclick = act;
  };

  const stay = async () => {
    if (await ask("POST")) { box.hidden = true; told = Date.now(); plan(); } else over();
  };

  // The forms on this page carry the token of the session that has ended.
  const renew = async () => {
    if (!(await ask("GET"))) return over();
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = csrf;
    box.hidden = true;
    plan();
  };

  const over = () => {
    show(say.over, say.sign_in, () => {
      window.open(login, "_blank");
      box.lastChild.textContent = say.done;
      box.lastChild.onclick = renew;
    });
  };

  const look = async () => {
    try {
      if (!(await ask("GET"))) return over();
    } catch { timer = setTimeout(look, 60000); return; }
    const left = (ends - Date.now()) / 1000;
    if (left > WARN) { if (box) box.hidden = true; return plan(); }
    show(say.soon.replace("{}", Math.max(1, Math.round(left / 60))), say.stay, stay);
    timer = setTimeout(look, Math.max(1000, left > 30 ? (left / 2) * 1000 : left * 1000 + 1000));
  };

  const plan = () => {
    clearTimeout(timer);
    if (ends !== Infinity) timer = setTimeout(look, Math.min(2 ** 31 - 1, Math.max(1000, ends - Date.now() - WARN * 1000)));
  };

  const touch = () => {
    touched = Date.now();
    if (touched - told > PULSE * 1000 && !(box && !box.hidden)) {
      told = touched;
      ask("POST").then((is_in) => (is_in ? plan() : over())).catch(() => {});
    }
  };
  for (const kind of ["keydown", "input", "paste"]) document.addEventListener(kind, touch, { passive: true, capture: true });
  ask("GET").then((is_in) => is_in && plan()).catch(() => {});
})();
