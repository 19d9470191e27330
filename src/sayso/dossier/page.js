"use strict";
// Everything stands in the page already (but for the packed rest of very large cases): this only helps to find it.
(async () => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const KINDS = {
    alleges: ["Accusations", "li.alleges"], denies: ["Denials", "li.denies"],
    hedged: ["Hedged", "li.probable, li.possible"], anon: ["Speaker not named", "li.anon"],
    told: ["As told by another", "li.told"],
    relayed: ["Relayed", "div.r li"], nobody: ["No speaker given", ".nobody li"],
    unclear: ["Not resolved", "div:has(> .ch > .x) li"],
    unsure: ["Unsure", "li.unsure"],
  };

  // Base 85, see `fold.py`. What the last letters lack is filled up with the highest one.
  function bytes(text) {
    const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~";
    const values = new Uint8Array(128).map((_, code) => letters.indexOf(String.fromCharCode(code)));
    const view = new DataView(new ArrayBuffer(4 * Math.ceil(text.length / 5)));
    const filled = text.padEnd(5 * Math.ceil(text.length / 5), "~");
    for (let at = 0, to = 0; at < filled.length; at += 5, to += 4) {
      let number = 0;
      for (let place = at; place < at + 5; place++) number = number * 85 + values[filled.charCodeAt(place)];
      view.setUint32(to, number);
    }
    return new Uint8Array(view.buffer, 0, view.byteLength - filled.length + text.length);
  }

  async function unpack(packed) {
    const stream = new Blob([bytes(packed.content.textContent)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const fresh = document.createElement("template");
    fresh.innerHTML = await new Response(stream).text();
    packed.replaceWith(fresh.content);
  }

  // What a packed claim says is not packed with it: it stands in the report already, where the passage is marked.
  function fill() {
    const passages = new Map();
    for (const piece of all(".rp .t u")) {
      const number = /\bq(\d+)/.exec(piece.id || piece.className)[1];
      const copy = piece.cloneNode(true);
      all("small", copy).forEach((note) => note.remove());
      const words = (piece.classList.contains("k") ? " … " : "") + copy.textContent;
      passages.set(number, (passages.get(number) ?? "") + words);
    }
    all(".cl > li > bdi:empty").forEach((box) => { box.textContent = passages.get(box.parentElement.id.slice(1)); });
  }

  // A sentence that few places lead to has no id in the page: it is counted, as its number is.
  function sentence(name) {
    const [, report, place] = /^s(\d+)-(\d+)$/.exec(name) ?? [];
    const found = report && all("#r" + report + " .t span:not(.m)")[place - 1];
    if (found && !found.id) {
      found.id = name;
      found.scrollIntoView();
    }
    return found;
  }

  // A row of places ("2:14 15; 3:1") becomes links when it is unfolded.
  function lead(row) {
    const links = row.textContent.split("; ").flatMap((part) => {
      const [report, places] = part.split(":");
      return places.split(" ").map((place) => [report, place]);
    });
    row.textContent = "";
    for (const [report, place] of links) {
      const link = document.createElement("a");
      Object.assign(link, { href: place === "0" ? "#r" + report : "#s" + report + "-" + place, textContent: report + ":" + place });
      row.append(link, " ");
    }
    row.className = "";
  }

  const leadAll = (root) => all(".at", root).filter((row) => !row.closest("details:not([open])")).forEach(lead);

  // In a sentence that a spelling of the cast led to, the words themselves.
  let followed = null;
  addEventListener("click", (event) => { followed = event.target.closest("a"); });
  function point(sentence) {
    const words = followed?.closest(".e tr")?.querySelector("th").textContent;
    if (!words || !CSS.highlights) return;
    const ranges = [];
    const walker = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data } = walker.currentNode;
      for (let at = data.indexOf(words); at >= 0; at = data.indexOf(words, at + 1)) {
        ranges.push(new StaticRange({ startContainer: walker.currentNode, startOffset: at, endContainer: walker.currentNode, endOffset: at + words.length }));
      }
    }
    CSS.highlights.set("met", new Highlight(...ranges));
  }

  // The highlighted passage can go on in further sentences and paragraphs: mark these as well.
  function light() {
    all(".on").forEach((piece) => piece.classList.remove("on"));
    CSS.highlights?.delete("met");
    const name = location.hash.slice(1);
    if (!/^(?:[ceikqrv]\d+|s\d+-\d+)$/.test(name)) return;
    all("u." + name).forEach((piece) => {
      piece.classList.add("on");
      piece.closest(".t span")?.classList.add("on");
    });
    const target = document.getElementById(name) ?? sentence(name);
    if (name[0] === "s" && target) {
      target.classList.add("on");
      point(target);
    }
    for (let box = target?.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    for (let box = target?.closest(".off"); box; box = box.closest(".off")) box.classList.remove("off");
  }

  // On paper nothing can be followed: every statement gets the number of a note with its sentence and where it stands.
  const sheets = new Map();
  function sentences(report) {
    if (sheets.has(report.id)) return sheets.get(report.id);
    const found = [];
    const paragraphs = all(".t > p", report);
    let page = report.querySelector(".t .pg") ? 1 : 0;
    for (const piece of all(".t span, .t .pg", report)) {
      const copy = piece.cloneNode(true);
      if (piece.className === "pg") page = Number(/\d+/.exec(piece.textContent)[0]);
      if (piece.nodeName !== "SPAN") continue;
      const first = piece.querySelector(".pg");
      if (first && piece.textContent.startsWith(first.textContent)) page = Number(/\d+/.exec(first.textContent)[0]);
      all("small", copy).forEach((note) => note.remove());
      if (piece.classList.contains("m")) found.at(-1).words += " " + copy.textContent;
      else found.push({ piece, words: copy.textContent, place: page ? "page " + page : "paragraph " + (paragraphs.indexOf(piece.closest("p")) + 1) });
    }
    sheets.set(report.id, found);
    return found;
  }

  function meant(name) {
    const [, number, place] = /^s(\d+)-(\d+)$/.exec(name) ?? [];
    const piece = number ? null : document.getElementById(name)?.closest(".t span");
    const report = number ? document.getElementById("r" + number) : piece?.closest(".rp");
    if (!report) return null;
    const whole = piece?.classList.contains("m") ? all(".t span", report).slice(0, all(".t span", report).indexOf(piece)).findLast((one) => !one.classList.contains("m")) : piece;
    const at = number ? place - 1 : sentences(report).findIndex((one) => one.piece === whole);
    return sentences(report)[at] && { report, at, ...sentences(report)[at] };
  }

  function told(note) {
    const lines = note.report.querySelector("header strong").closest("p").cloneNode(true);
    all("br", lines).forEach((end) => end.replaceWith(", "));
    const item = document.createElement("li");
    const words = document.createElement("q");
    words.textContent = note.words;
    const head = note.report.querySelector("h3").textContent;
    item.append(words, " Report " + note.report.id.slice(1) + ", " + head + ". " + lines.textContent.replace(/\s+,/g, ",") + ", " + note.place + ", sentence " + (note.at + 1) + ".");
    return item;
  }

  function annotate() {
    if (document.getElementById("notes")) return;
    const numbers = new Map();
    const list = document.createElement("ol");
    for (const link of all("main > section:not(#reports, #cast) a")) {
      const name = link.getAttribute("href").slice(1);
      const note = /^(?:s\d+-\d+|q\d+)$/.test(name) && meant(name);
      if (!note) continue;
      const key = note.report.id + ":" + note.at;
      if (!numbers.has(key)) {
        numbers.set(key, numbers.size + 1);
        list.append(told(note));
      }
      const mark = document.createElement("sup");
      Object.assign(mark, { className: "nt", textContent: numbers.get(key) });
      link.after(mark);
    }
    const section = document.createElement("section");
    const head = document.createElement("h2");
    head.textContent = "Notes";
    section.id = "notes";
    section.append(head, list);
    document.querySelector("main").append(section);
  }

  const voices = document.getElementById("voices");
  const find = document.getElementById("find");
  const chips = voices.querySelector(".chips");
  const output = voices.querySelector("output");
  const open = document.getElementById("all");
  let kind = "";

  const text = (element) => (element ? element.textContent.toLowerCase() : "");

  // The reports' own sentences are no claims: the search says in which reports the words stand.
  function tell(words, shown) {
    const found = words ? all(".rp").filter((report) => text(report.querySelector(".t")).includes(words)) : [];
    const none = words && !kind && !shown;
    output.textContent = !words && !kind ? "" : none ? "Nothing found among voices and claims. " : shown === 1 ? "1 claim. " : shown + " claims. ";
    if (none && !found.length) output.append("Try your browser’s search in the reports below.");
    if (found.length) output.append(found.length === 1 ? "The words stand in report " : "The words stand in reports ");
    found.slice(0, 8).forEach((report, place) => {
      const link = document.createElement("a");
      Object.assign(link, { href: "#" + report.id, textContent: report.id.slice(1) });
      output.append(place ? ", " : "", link);
    });
    if (found.length) output.append(found.length > 8 ? " and " + (found.length - 8) + " more." : ".");
  }

  function sift() {
    const words = find.value.trim().toLowerCase();
    const wanted = kind ? new Set(all(KINDS[kind][1], voices)) : null;
    let shown = 0;
    for (const voice of all(".v", voices)) {
      const named = text(voice.querySelector("h3")).includes(words);
      let left = 0;
      for (const group of all(":scope > div", voice)) {
        const chained = named || text(group.querySelector(".ch")).includes(words);
        const before = left;
        for (const row of all(".cl > li", group)) {
          const fits = (!wanted || wanted.has(row)) && (chained || text(row).includes(words));
          row.classList.toggle("off", !fits);
          left += fits;
        }
        group.classList.toggle("off", left === before);
      }
      // A voice that only passes on the words of others has no claims of its own: its name alone decides.
      const relay = !kind && named && !voice.querySelector(".cl");
      voice.classList.toggle("off", !left && !relay);
      if (left && (words || kind) && voice.open === false) voice.open = true;
      shown += left;
    }
    for (const heading of all(".oh", voices)) heading.classList.toggle("off", !voices.querySelector(".once > .v:not(.off)"));
    tell(words, shown);
  }

  function pick(name) {
    kind = kind === name ? "" : name;
    all("button", chips).forEach((chip) => chip.setAttribute("aria-pressed", String(chip.dataset.kind === kind)));
    sift();
  }

  function tools() {
    voices.querySelector(".tools").hidden = false;
    for (const [name, [label, selector]] of Object.entries(KINDS)) {
      if (!voices.querySelector(selector)) continue;
      const chip = document.createElement("button");
      Object.assign(chip, { type: "button", textContent: label, onclick: () => pick(name) });
      chip.dataset.kind = name;
      chip.setAttribute("aria-pressed", "false");
      chips.append(chip);
    }
    let wait;
    find.oninput = () => { clearTimeout(wait); wait = setTimeout(sift, 150); };
    open.onclick = () => {
      const opening = open.textContent === "Open all";
      all("details.v", voices).forEach((voice) => { voice.open = opening; });
      open.textContent = opening ? "Close all" : "Open all";
    };
    // A line of the first look leads to the passages that it counts.
    for (const line of all("[data-show]")) {
      const button = document.createElement("button");
      button.append(...line.childNodes);
      button.onclick = () => { if (kind !== line.dataset.show) pick(line.dataset.show); voices.scrollIntoView(); };
      line.append(button);
    }
  }

  addEventListener("hashchange", light);
  addEventListener("toggle", (event) => leadAll(event.target), true);
  addEventListener("beforeprint", () => {
    all("details").forEach((box) => { box.open = true; });
    leadAll(document);
    annotate();
  });
  await Promise.all(all("template.z").map(unpack));
  if (document.querySelector(".cl > li > bdi:empty")) fill();
  tools();
  all(".rp .t small").forEach((note) => {
    note.title = note.textContent === "[unsure]" ? "Not the report’s words: who said this, and through whom, may well be wrong" : "Not the report’s words: whom the program took this for";
  });
  leadAll(document);
  light();
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
})();
