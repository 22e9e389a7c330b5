/* Fetches what other sites answer into the joint search, two at a time; the page is complete without: each has a link.
   Only this site is asked: its server asks the others. */
(() => {
  const AT_ONCE = 2;
  const TURNS = 6;
  const LONGEST = 8000;
  const NOT_YET = 202;

  const pause = (seconds) => new Promise((done) => { setTimeout(done, seconds * 1000); });

  const answer = async (address) => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), LONGEST);
    try {
      const reply = await fetch(address, { credentials: "omit", signal: stop.signal });
      return { status: reply.status, ok: reply.ok, text: await reply.text(), again: Number(reply.headers.get("Retry-After")) || 1 };
    } finally {
      clearTimeout(timer);
    }
  };

  const ask = async (box) => {
    const link = [...box.childNodes];
    const asking = document.createElement("p");
    asking.className = "muted";
    asking.textContent = box.dataset.asking;
    box.setAttribute("aria-busy", "true");
    box.replaceChildren(asking);
    try {
      for (let turn = 0; turn < TURNS; turn += 1) {
        const found = await answer(box.dataset.jointPart);
        if (found.status !== NOT_YET) {
          // Our own template, in which all that others say is escaped.
          if (found.ok || found.status === 429) box.innerHTML = found.text;
          else box.replaceChildren(...link);
          return;
        }
        await pause(found.again + turn / 2);
      }
      box.replaceChildren(...link);
    } catch {
      // The link is still a way.
      box.replaceChildren(...link);
    } finally {
      box.removeAttribute("aria-busy");
    }
  };

  const start = async () => {
    const waiting = [...document.querySelectorAll("[data-joint-part]")];
    if (!waiting.length) return;
    const status = document.querySelector("[data-joint-status]");
    status.textContent = status.dataset.asking;
    const next = async () => { while (waiting.length) await ask(waiting.shift()); };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    status.textContent = status.dataset.done;
  };

  start();
})();
