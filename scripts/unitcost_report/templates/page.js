"use strict";
// Values on hover, filters and the theme. Everything is readable without it.
(() => {
  const root = document.documentElement;
  root.classList.add("scripted");

  // Theme: what the system says, until the reader says otherwise.
  const themes = { auto: "Theme: system", light: "Theme: light", dark: "Theme: dark" };
  const button = document.getElementById("theme");
  const remember = {
    get() { try { return localStorage.getItem("unitcost-theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("unitcost-theme", value); } catch { /* not from disk, then */ } },
  };
  const setTheme = (name) => {
    if (name === "auto") delete root.dataset.theme; else root.dataset.theme = name;
    button.textContent = themes[name];
  };
  let theme = [remember.get(), root.dataset.theme, "auto"].find((name) => themes[name]);
  setTheme(theme);
  button.addEventListener("click", () => {
    const names = Object.keys(themes);
    theme = names[(names.indexOf(theme) + 1) % names.length];
    setTheme(theme);
    remember.set(theme);
  });

  // Hover: the renderer wrote a label on every mark; the nearest one is shown.
  const reach = 30;
  const tip = document.getElementById("hover");
  let lit = null;
  const clear = () => {
    if (lit) lit.classList.remove("lit");
    lit = null;
    tip.style.visibility = "hidden";
  };
  const marksOf = (drawing) => {
    const plot = [...drawing.querySelectorAll("svg.plot")].find((svg) => svg.getBoundingClientRect().width > 0);
    return plot ? [...plot.querySelectorAll("[aria-label]")] : [];
  };
  const distance = (box, x, y) => {
    const dx = Math.max(box.left - x, 0, x - box.right);
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    // Inside a wide mark a small one on top of it wins.
    return Math.hypot(dx, dy) + Math.min(box.width + box.height, 200) / 100;
  };
  const show = (mark) => {
    clear();
    lit = mark;
    lit.classList.add("lit");
    tip.textContent = mark.getAttribute("aria-label");
    const box = mark.getBoundingClientRect();
    const size = tip.getBoundingClientRect();
    const left = Math.min(Math.max(6, box.left + box.width / 2 - size.width / 2), innerWidth - size.width - 6);
    const above = box.top - size.height - 8;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 4 ? above : box.bottom + 8}px`;
    tip.style.visibility = "visible";
  };
  for (const drawing of document.querySelectorAll(".drawing")) {
    const follow = (event) => {
      let best = null;
      let least = reach;
      for (const mark of marksOf(drawing)) {
        const far = distance(mark.getBoundingClientRect(), event.clientX, event.clientY);
        if (far < least) { least = far; best = mark; }
      }
      if (best) { if (best !== lit) show(best); } else { clear(); }
    };
    drawing.addEventListener("pointermove", follow);
    drawing.addEventListener("pointerdown", follow);
    drawing.addEventListener("pointerleave", clear);
    drawing.addEventListener("blur", clear);
    drawing.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") clear();
      if (!step) return;
      event.preventDefault();
      const marks = marksOf(drawing);
      const at = marks.indexOf(lit);
      if (marks.length) show(marks[at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length]);
    });
  }
  addEventListener("scroll", clear, { passive: true });

  // Tables: by text, and the ledger by verdict too.
  const filter = (table, words, verdict) => {
    let shown = 0;
    const rows = table.querySelectorAll("[data-row]");
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && (!verdict || row.dataset.verdict === verdict);
      row.hidden = !fits;
      shown += fits;
    }
    for (const group of table.tBodies) {
      const mine = group.querySelectorAll("[data-row]");
      if (mine.length) group.hidden = [...mine].every((row) => row.hidden);
    }
    return `${shown} of ${rows.length} rows`;
  };
  for (const box of document.querySelectorAll("[data-filters]")) {
    const table = document.getElementById(box.dataset.filters);
    const input = box.querySelector("input");
    const buttons = [...box.querySelectorAll("button[data-verdict]")];
    const count = box.querySelector("output");
    const apply = () => {
      const chosen = buttons.find((one) => one.getAttribute("aria-pressed") === "true");
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      count.textContent = filter(table, words, chosen ? chosen.dataset.verdict : "");
    };
    input.addEventListener("input", apply);
    for (const one of buttons) {
      one.addEventListener("click", () => {
        const on = one.getAttribute("aria-pressed") !== "true";
        for (const other of buttons) other.setAttribute("aria-pressed", String(on && other === one));
        apply();
      });
    }
    apply();
  }
  // A link into the ledger must not lead to a row that a filter hides.
  addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !target.closest("#ledger-table")) return;
    const box = document.querySelector('[data-filters="ledger-table"]');
    box.querySelector("input").value = "";
    for (const one of box.querySelectorAll("button[data-verdict]")) one.setAttribute("aria-pressed", "false");
    box.querySelector("input").dispatchEvent(new Event("input"));
    target.scrollIntoView();
  });
})();
