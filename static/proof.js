/* Proof of work before a form is sent (ALTCHA's protocol). Whatever fails, the form goes without: the server then allows less. */
document.addEventListener("DOMContentLoaded", () => {
  const PATIENCE = 20000;

  const solve = (task, worker) => new Promise((resolve, reject) => {
    const solver = new Worker(worker);
    const timer = setTimeout(() => { solver.terminate(); reject(new Error("too slow")); }, PATIENCE);
    const end = (act) => (event) => { clearTimeout(timer); solver.terminate(); act(event.data); };
    solver.onmessage = end((number) => (number === null ? reject(new Error("no solution")) : resolve(number)));
    solver.onerror = end(reject);
    solver.postMessage(task);
  });

  document.querySelectorAll("form[data-proof]").forEach((form) => {
    const said = form.querySelector("[data-proof-said]");
    form.addEventListener("submit", async (event) => {
      if (form.elements.altcha) return;
      event.preventDefault();
      if (form.dataset.solving) return;
      form.dataset.solving = "1";
      said.textContent = said.dataset.text;
      const field = Object.assign(document.createElement("input"), { type: "hidden", name: "altcha" });
      try {
        const task = await (await fetch(form.dataset.proof, { credentials: "omit" })).json();
        const started = Date.now();
        const number = await solve(task, form.dataset.worker);
        const { algorithm, challenge, salt, signature } = task;
        field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature, took: Date.now() - started }));
      } catch { /* Without a solution. */ }
      form.append(field);
      form.submit();
    });
  });
  // Back from the next page: a solution holds once.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-proof]").forEach((form) => {
    form.elements.altcha?.remove();
    delete form.dataset.solving;
    form.querySelector("[data-proof-said]").textContent = "";
  }));
});
