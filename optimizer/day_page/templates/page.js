"use strict";
(() => {
  // Everything that belongs to a technician carries data-t, everything of a job data-j. What is looked at is said
  // by rules of one style sheet, so a page of thousands of stops changes in one step.
  const sheet = document.head.appendChild(document.createElement("style"));
  const filterSheet = document.head.appendChild(document.createElement("style"));
  let pinned = null;

  const subject = (node) => {
    const near = node instanceof Element ? node : null;
    const job = near && near.closest("[data-j]");
    const person = near && near.closest("[data-t]");
    if (!job && !person) return null;
    let t = person ? person.dataset.t : null;
    const j = job ? job.dataset.j : null;
    if (t === null) {
      const stop = document.querySelector(`.lane [data-j="${j}"]`);
      t = stop ? stop.closest("[data-t]").dataset.t : null;
    }
    return { t, j };
  };

  // Who else is at the job that is looked at, and at those before and after it: crew mates and shared tools.
  const tied = (j) => {
    const linked = new Set();
    const together = new Set();
    document.querySelectorAll(`.lane .visit[data-j="${j}"]`).forEach((visit) => {
      together.add(visit.closest("[data-t]").dataset.t);
      (visit.dataset.l || "").split(" ").filter(Boolean).forEach((one) => linked.add(one));
    });
    linked.forEach((one) => {
      document.querySelectorAll(`.lane .visit[data-j="${one}"]`).forEach((visit) => {
        together.add(visit.closest("[data-t]").dataset.t);
      });
    });
    return { linked, together };
  };

  const show = (seen) => {
    const rules = [];
    const { linked, together } = seen && seen.j !== null ? tied(seen.j) : { linked: new Set(), together: new Set() };
    if (seen && seen.t !== null) {
      const others = [...together.add(seen.t)].map((t) => `:not([data-t="${t}"])`).join("");
      rules.push(`.map .t${others}{opacity:.12}`);
      rules.push(`.lane${others}{opacity:.4}`);
      rules.push(`.lane[data-t="${seen.t}"]{background:var(--seen)}`);
      rules.push(`.sheet[data-t="${seen.t}"]{outline:2px solid var(--ink)}`);
      rules.push(`.map [data-t="${seen.t}"] :is(.route,.toolway){stroke-width:3.4}`);
      rules.push(`.crowded [data-t="${seen.t}"] .s>*{display:inline}`);
    }
    if (seen && seen.j !== null) {
      rules.push(`svg [data-j="${seen.j}"] rect,svg .out[data-j="${seen.j}"]>path{stroke:#000;stroke-width:2.5}`);
      linked.forEach((one) => {
        rules.push(`.lane [data-j="${one}"] rect{stroke:#000;stroke-width:2;stroke-dasharray:3 2}`);
      });
      rules.push(`path.window[data-j="${seen.j}"]{stroke-width:3}path.due[data-j="${seen.j}"]{stroke:#000}`);
      rules.push(`tr[data-j="${seen.j}"]{background:var(--seen)}`);
    }
    sheet.textContent = `@media screen{${rules.join("")}}`;
    document.querySelectorAll(".lane button").forEach((button) => {
      const lane = button.closest("[data-t]");
      button.setAttribute("aria-pressed", String(pinned !== null && lane.dataset.t === pinned.t));
    });
  };

  const pin = (seen) => {
    pinned = seen && !(pinned && seen.t === pinned.t && seen.j === pinned.j) ? seen : null;
    show(pinned || seen);
    if (!pinned) return;
    const lanes = [...document.querySelectorAll(`.lane[data-t="${pinned.t}"]`)];
    const lane = lanes.find((one) => one.offsetParent !== null);
    if (lane) lane.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };

  document.addEventListener("pointerover", (event) => {
    if (!pinned && event.pointerType !== "touch") show(subject(event.target));
  });
  document.addEventListener("focusin", (event) => {
    const seen = subject(event.target);
    if (!pinned && seen) show(seen);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a,input,select,label")) return;
    const seen = subject(event.target);
    if (seen || pinned) pin(seen);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      pinned = null;
      show(null);
    } else if (event.key === "Enter" && event.target.matches("tr[tabindex]")) {
      pin(subject(event.target));
    }
  });

  const find = document.getElementById("find");
  const branch = document.getElementById("of-branch");
  const filter = () => {
    const words = find.value.trim().toLowerCase();
    const only = branch ? branch.value : "";
    const keep = new Set();
    const all = new Set();
    document.querySelectorAll(".lane").forEach((lane) => {
      all.add(lane.dataset.t);
      if ((!only || lane.dataset.b === only) && lane.dataset.find.includes(words)) keep.add(lane.dataset.t);
    });
    const hidden = [...all].filter((t) => !keep.has(t)).map((t) => `[data-t="${t}"]`);
    filterSheet.textContent = hidden.length ? `@media screen{${hidden.join(",")}{display:none}}` : "";
  };
  find.addEventListener("input", filter);
  if (branch) branch.addEventListener("change", filter);
  document.querySelector(".filters").hidden = false;
})();
