"use strict";
// Helps with keys, with links between a report's text and what stands beside it, and with dropped files. Every act is
// a form that works without this, and no text of a report is ever taken for anything but text.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector, root = document) => root.querySelector(selector);
  const page = document.body.dataset.page;

  // A row of places ("2:14 15; 3:1") becomes links, as in the dossier.
  for (const row of all(".at")) {
    const parts = row.textContent.split("; ").map((part) => part.split(":"));
    row.textContent = "";
    for (const [report, places] of parts) {
      for (const place of (places ?? "").split(" ")) {
        const link = document.createElement("a");
        Object.assign(link, { href: "/at/" + report + "/" + place, textContent: report + ":" + place });
        row.append(link, " ");
      }
    }
  }

  // What an address points at inside something folded is unfolded.
  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    if (target) target.scrollIntoView({ block: "center" });
    return target;
  }
  addEventListener("hashchange", unfold);
  unfold();

  // A table that is wider than its place says so.
  function measure() { for (const box of all(".sc")) box.classList.toggle("wider", box.scrollWidth > box.clientWidth); }
  addEventListener("resize", measure);
  measure();

  // What follows from a judgement takes a moment in a large case: then the page is
  // looked at anew, by itself where nobody is writing in it.
  const following = document.getElementById("following");
  async function ask() {
    const more = await (await fetch("/following")).json();
    if (more) { setTimeout(ask, 500); return; }
    if (!document.activeElement.closest("form")) { location.reload(); return; }
    const link = document.createElement("a");
    Object.assign(link, { href: location.href, textContent: "Look at it anew" });
    link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
    following.textContent = "What follows from it has been worked out. ";
    following.append(link);
  }
  if (following) ask();

  // ---- a report: the passages beside its text
  const text = document.getElementById("text");
  const claims = all(".claim");
  const pieces = (number) => all("#q" + number + ", u.q" + number, text);
  const numberOf = (piece) => (/\bq(\d+)/.exec(piece.id || piece.className) ?? [])[1];
  let current = null;
  let still = 0; // after a jump what lies under the pointer is there by chance

  function show(claim) {
    all(".now").forEach((piece) => piece.classList.remove("now"));
    if (!claim) return;
    claim.classList.add("now");
    pieces(claim.dataset.n).forEach((piece) => piece.classList.add("now"));
    all('a[href$="#' + claim.id + '"]', text).forEach((cue) => cue.classList.add("now"));
  }

  function hover(claim) { if (Date.now() > still) show(claim ?? current); }

  function pick(claim, { intoText = false, intoList = false } = {}) {
    if (!claim) return;
    current = claim;
    still = Date.now() + 600;
    show(claim);
    if (intoText) pieces(claim.dataset.n)[0]?.scrollIntoView({ block: "center" });
    if (intoList) claim.scrollIntoView({ block: "nearest" });
    if (!claim.contains(document.activeElement)) claim.focus({ preventScroll: true });
  }

  if (text) {
    for (const claim of claims) {
      claim.addEventListener("mouseenter", () => hover(claim));
      claim.addEventListener("mouseleave", () => hover(null));
      claim.addEventListener("focusin", () => { if (current !== claim) pick(claim); });
      claim.addEventListener("click", (event) => { if (!event.target.closest("a, button, input, select, label, summary")) pick(claim, { intoText: true }); });
    }
    const claimAt = (event) => {
      const piece = event.target.closest("u");
      const cue = event.target.closest("a");
      return document.getElementById(cue ? cue.hash.slice(1) : piece ? "c" + numberOf(piece) : "");
    };
    text.addEventListener("mouseover", (event) => hover(claimAt(event)));
    text.addEventListener("click", (event) => {
      const claim = claimAt(event);
      if (!claim || !getSelection().isCollapsed) return;
      event.preventDefault();
      pick(claim, { intoList: true });
    });
    const name = location.hash.slice(1);
    const led = document.getElementById(name[0] === "q" ? "c" + name.slice(1) : name);
    if (led && led.classList.contains("claim")) pick(led, { intoText: true, intoList: true });
    // Whoever comes for a sentence finds beside it the first passage that begins in it, or else runs through it.
    const inside = led && /^s\d/.test(name) && (one("u[id]", led) ?? one("u, a", led));
    const beside = inside && document.getElementById(inside.hash ? inside.hash.slice(1) : "c" + numberOf(inside));
    if (beside) pick(beside, { intoList: getComputedStyle(beside.parentElement).position === "sticky" });
  }

  function step(by) {
    const at = claims.indexOf(current);
    pick(claims[Math.min(Math.max(at + by, 0), claims.length - 1)], { intoText: true, intoList: true });
  }

  function press(verdict) {
    const button = current && one('button[name=verdict][value="' + verdict + '"]', current);
    if (!button) return;
    const why = one("input[name=reason]", button.form);
    if (verdict !== "rejected" || why.value.trim()) { button.form.requestSubmit(button); return; }
    why.dataset.verdict = verdict;
    why.placeholder = "Reject: why? Then Enter";
    why.focus();
  }

  // Enter in a reason does what the key before it asked for.
  addEventListener("keydown", (event) => {
    const why = event.target;
    if (event.key !== "Enter" || !(why instanceof HTMLInputElement) || !why.dataset.verdict) return;
    event.preventDefault();
    why.form.requestSubmit(one('button[value="' + why.dataset.verdict + '"]', why.form));
  });

  // ---- a passage that is missing: words are selected, and named as paragraph:start:end in code points as shown
  const picked = document.getElementById("picked");
  const points = (words) => [...words].length;

  function selected() {
    const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    if (!range || range.collapsed || !text || !text.contains(range.commonAncestorContainer)) return null;
    const found = [];
    all("p", text).forEach((block, place) => {
      let seen = 0;
      let start = -1;
      let end = -1;
      const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest("small")) continue;
        if (range.intersectsNode(node)) {
          const from = node === range.startContainer ? range.startOffset : 0;
          const to = node === range.endContainer ? range.endOffset : node.data.length;
          if (from < to && node.data.slice(from, to).trim()) {
            if (start < 0) start = seen + points(node.data.slice(0, from));
            end = seen + points(node.data.slice(0, to).trimEnd());
          }
        }
        seen += points(node.data);
      }
      if (end > start && start >= 0) found.push(place + ":" + start + ":" + end);
    });
    const copy = document.createElement("div");
    copy.append(range.cloneContents());
    all("small", copy).forEach((note) => note.remove());
    return found.length ? { where: found.join(","), words: copy.textContent.trim() } : null;
  }

  function name(part) {
    const told = selected();
    if (!told) return;
    const field = picked.elements[part];
    const shown = one('[data-of="' + part + '"]', picked);
    const more = part === "content" && field.value;
    field.value = more ? field.value + "," + told.where : told.where;
    shown.textContent = more ? shown.textContent + " … " + told.words : told.words;
    picked.classList.add("begun");
    getSelection().removeAllRanges();
  }

  function putAway() {
    picked.reset();
    picked.classList.remove("begun");
    for (const part of ["content", "source", "cue"]) { picked.elements[part].value = ""; one('[data-of="' + part + '"]', picked).textContent = "–"; }
    picked.hidden = true;
  }

  if (picked) {
    document.addEventListener("selectionchange", () => { if (selected()) picked.hidden = false; });
    for (const button of all("[data-part]", picked)) {
      button.addEventListener("mousedown", (event) => event.preventDefault()); // a press would take the selection away
      button.addEventListener("click", () => { if (button.dataset.part === "none") putAway(); else name(button.dataset.part); });
    }
  }

  // ---- the voices of a chain: there is always an empty line for one more between; Alt and an arrow moves one
  async function suggest() {
    const list = document.getElementById("speakers");
    if (!list || list.dataset.whole) return;
    list.dataset.whole = "yes";
    const here = new Set([...list.options].map((option) => option.value));
    for (const value of await (await fetch("/suggestions")).json()) {
      if (!here.has(value)) list.append(Object.assign(document.createElement("option"), { value }));
    }
  }

  function between(path) { return all("input[name^=through]", path); }

  function grow(path) {
    const last = between(path).at(-1);
    if (!last.value.trim()) return;
    const label = last.closest("label").cloneNode(true);
    const more = one("input", label);
    Object.assign(more, { name: "through" + (between(path).length + 1), value: "", placeholder: "nobody more between" });
    last.closest("label").after(label);
  }

  function move(field, by) {
    const voices = [...between(field.closest(".path")), one("[name=speaker]", field.closest(".path"))];
    const other = voices[voices.indexOf(field) + by];
    if (!other) return;
    [field.value, other.value] = [other.value, field.value];
    other.focus();
    grow(field.closest(".path"));
  }

  for (const path of all(".path")) {
    path.addEventListener("focusin", (event) => { suggest(); event.target.select?.(); });
    path.addEventListener("input", () => grow(path));
    path.addEventListener("keydown", (event) => {
      const by = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (by) { event.preventDefault(); move(event.target, by); }
    });
  }

  // ---- keys
  const help = document.getElementById("help");
  const GO = { h: "/", r: "/reports", n: "/names", v: "/voices", j: "/judgements", a: "/add", y: "/hypotheses", o: "/hand-over" };
  const KEYS = {
    "/": () => document.getElementById("seek").focus(),
    "?": () => help.showModal(),
    j: () => step(1), k: () => step(-1),
    a: () => press("accepted"), x: () => press("rejected"), u: () => press("undone"),
    c: () => { const box = current && one("details.correct", current); if (box) { box.open = true; one("[name=speaker]", box).focus(); } },
    t: () => pick(current, { intoText: true, intoList: true }),
    n: () => { if (picked) picked.hidden = false; },
    w: () => name("content"), s: () => name("source"), q: () => name("cue"),
    "[": () => one("a[rel=prev]")?.click(), "]": () => one("a[rel=next]")?.click(),
  };
  let going = false;
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && picked && !picked.hidden) { putAway(); return; }
    const typing = event.target.closest("input, select, textarea, dialog");
    if (event.key === "Escape" && typing && !typing.matches("dialog")) { typing.blur(); return; }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const wasGoing = going;
    going = event.key === "g";
    if (wasGoing && GO[event.key]) { location.href = GO[event.key]; event.preventDefault(); return; }
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });
  const keys = document.getElementById("keys");
  keys.hidden = false;
  keys.addEventListener("click", () => help.showModal());

  // ---- handing over: what is being written, and names that are looked for
  const written = document.getElementById("written");
  async function watch() {
    const now = await (await fetch("/hand-over/progress")).json();
    if (!now.running) { location.reload(); return; }
    one(".what", written).textContent = now.what + " … " + now.seconds + " s";
    setTimeout(watch, 400);
  }
  if (written?.dataset.running) watch();
  const sift = document.getElementById("sift");
  if (sift) {
    const labels = all(".ticks label");
    const tell = () => {
      const ticked = all(".ticks input:checked").length;
      document.getElementById("sifted").textContent = ticked ? ticked + " chosen" : "";
    };
    sift.parentElement.hidden = false;
    sift.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    sift.addEventListener("input", () => {
      const wanted = sift.value.trim().toLowerCase();
      labels.forEach((label) => { label.hidden = !label.textContent.toLowerCase().includes(wanted); });
    });
    one(".ticks").addEventListener("change", tell);
    tell();
  }

  // ---- the as-of slider
  const slide = document.getElementById("slide");
  if (slide) {
    const days = one("#asof select");
    const told = one("#asof output");
    slide.hidden = false;
    const at = () => days.options[days.options.length - 1 - slide.valueAsNumber];
    const tell = () => slide.setAttribute("aria-valuetext", at().textContent);
    tell();
    slide.addEventListener("input", () => { days.value = at().value; told.textContent = at().textContent; tell(); });
    slide.addEventListener("change", () => { sessionStorage.slid = "yes"; days.form.requestSubmit(); });
    days.addEventListener("change", () => { slide.value = String(days.options.length - 1 - days.selectedIndex); tell(); });
    days.form.addEventListener("submit", () => { told.textContent = "Working out what was known …"; });
    // Who moved it goes on from there, with the arrow keys too.
    if (sessionStorage.slid) slide.focus({ preventScroll: true });
    delete sessionStorage.slid;
  }

  // ---- dropped files
  const form = document.getElementById("add");
  if (!form) return;
  const waiting = one(".waiting");
  const read = document.getElementById("read");
  const goingOn = one(".going");
  const bar = one(".going progress");
  let sending = Promise.resolve();

  function line(list, words) {
    const item = document.createElement("li");
    item.textContent = words;
    list.append(item);
    return item;
  }

  async function send(file) {
    const item = line(waiting, file.name + " …");
    try {
      const answer = await fetch("/add/file?name=" + encodeURIComponent(file.name), { method: "POST", body: file });
      const told = await answer.json();
      item.textContent = told.problem ?? told.name;
      if (answer.ok) read.disabled = false;
    } catch {
      item.textContent = file.name + ": could not be sent. Is the workspace still running? Drop it again.";
    }
  }

  function take(files) { for (const file of files) sending = sending.then(() => send(file)); }

  addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  addEventListener("dragleave", () => form.classList.remove("over"));
  addEventListener("drop", (event) => { event.preventDefault(); form.classList.remove("over"); take(event.dataTransfer.files); });
  const files = document.getElementById("files");
  files.addEventListener("change", () => { take(files.files); files.value = ""; });

  async function follow() {
    const now = await (await fetch("/add/progress")).json();
    goingOn.hidden = false;
    bar.hidden = !now.running;
    one(".what").textContent = now.running ? now.what + (now.total ? ": " + now.done + " of " + now.total : " …") : "";
    if (now.total) { bar.max = now.total; bar.value = now.done; } else bar.removeAttribute("value");
    const told = one(".going .told");
    told.textContent = "";
    now.told.forEach((words) => line(told, words));
    if (now.running) setTimeout(follow, 400);
    else { waiting.textContent = ""; read.disabled = true; }
  }
  if (goingOn.dataset.running) follow();
})();
