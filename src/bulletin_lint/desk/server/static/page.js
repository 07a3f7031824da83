"use strict";
// The page of `bulletin-lint serve`. Everything from outside is put into text nodes, never into markup.
(() => {
  const AT_ONCE = 3;
  const MARGIN = 36;
  const SVG = "http://www.w3.org/2000/svg";
  const OWN = { "X-Bulletin-Lint": "1" };
  const $ = (id) => document.getElementById(id);
  const rows = []; // {path, file, state: waiting|sending|done|failed, message, data}
  let suffixes = [];
  let ready = false;
  let opened = null;
  let current = 0;
  let sending = 0;
  let sort = { key: "path", up: true };
  let drawer = null;

  const make = (name, attributes, ...children) => {
    const node = document.createElement(name);
    Object.entries(attributes || {}).forEach(([key, value]) => {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value === true ? "" : value);
    });
    node.append(...children);
    return node;
  };
  const draw = (name, attributes, ...children) => {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children);
    return node;
  };
  // Text in pieces: what cannot be seen comes as its code.
  const put = (node, parts) => {
    parts.forEach(([isCode, text]) => node.append(isCode ? make("span", { class: "unseen" }, text) : text));
    return node;
  };
  const plain = (parts) => parts.map(([isCode, text]) => (isCode ? `[${text}]` : text)).join("");
  const say = (text) => { $("status").textContent = text; };
  const wait = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  // --- Files in ------------------------------------------------------------------------------------------

  const entries = (reader) => new Promise((done) => reader.readEntries(done, () => done([])));
  const fileOf = (entry) => new Promise((done) => entry.file(done, () => done(null)));

  const walk = async (entry, found) => {
    if (entry.isFile) {
      const file = await fileOf(entry);
      if (file) found.push({ path: entry.fullPath.replace(/^\//, ""), file, inFolder: entry.fullPath.split("/").length > 2 });
      return;
    }
    const reader = entry.createReader();
    // A folder tells of a hundred at a time.
    for (let some = await entries(reader); some.length; some = await entries(reader)) {
      for (const each of some) await walk(each, found);
    }
  };

  const isRead = (path) => suffixes.some((suffix) => path.toLowerCase().endsWith(suffix));

  const take = (found) => {
    let left = 0;
    found.forEach(({ path, file, inFolder }) => {
      const name = path.split("/").pop();
      if (inFolder && (name.startsWith(".") || name.startsWith("~$") || !isRead(path))) {
        left += name.startsWith(".") ? 0 : 1;
        return;
      }
      const before = rows.findIndex((row) => row.path === path);
      if (before >= 0) {
        const [old] = rows.splice(before, 1);
        if (old.data) forget([old.data.id]);
        if (opened === old) opened = null;
      }
      rows.push({ path, file, state: "waiting", message: "", data: null });
    });
    if (!found.length) say("没有找到文件。");
    else if (left) say(`略过 ${left} 份别种文件。`);
    else progress();
    $("drop").classList.add("small");
    for (let free = AT_ONCE - sending; free > 0; free -= 1) next();
    show();
  };

  const next = async () => {
    const row = rows.find((each) => each.state === "waiting");
    if (!row) return;
    row.state = "sending";
    sending += 1;
    await send(row);
    sending -= 1;
    progress();
    const isMore = rows.some((each) => each.state === "waiting");
    if (isMore) next();
    if (!opened && row.data) open(row);
    show();
    if (!isMore && !sending) together();
  };

  const send = async (row) => {
    for (let tries = 0; ; tries += 1) {
      let answer = null;
      try {
        answer = await fetch("/files", {
          method: "POST",
          headers: { ...OWN, "X-Name": encodeURIComponent(row.path), "Content-Type": "application/octet-stream" },
          body: row.file,
        });
      } catch (error) {
        if (tries < 3) { await wait(400 * (tries + 1)); continue; }
        row.state = "failed";
        row.message = "没有连上程序，或文件读不出；程序还开着吗？";
        return;
      }
      if (answer.status === 429 || answer.status === 503) {
        await wait(1000 * Number(answer.headers.get("Retry-After") || 1) * (0.6 + Math.random()));
        continue;
      }
      if (!answer.ok) {
        row.state = "failed";
        row.message = (await answer.text()) || `没有收下（${answer.status}）。`;
        return;
      }
      row.data = await answer.json();
      row.state = "done";
      row.file = null;
      return;
    }
  };

  const progress = () => {
    const done = rows.filter((row) => row.state === "done" || row.state === "failed").length;
    if (done < rows.length) say(`${ready ? "" : "程序正在准备，请稍候。"}已检查 ${done} / ${rows.length} 份`);
    else {
      const wrong = rows.filter((row) => row.data && row.data.state === "bad").length;
      const failed = rows.filter((row) => row.state === "failed" || (row.data && row.data.state === "unknown")).length;
      say(`检查完 ${rows.length} 份：${wrong} 份有错误${failed ? `，${failed} 份未能检查` : ""}。`);
    }
  };

  // When all files are there, their series is judged.
  const together = async () => {
    const held = rows.filter((row) => row.data);
    if (held.length < 2) return;
    const answer = await ask("/series", held.map((row) => row.data.id).join("\n"));
    if (!answer) return;
    const byId = new Map((await answer.json()).map((data) => [data.id, data]));
    held.forEach((row) => { row.data = byId.get(row.data.id) || row.data; });
    if (opened) open(opened, true);
    show();
    progress();
  };

  const ask = async (path, body) => {
    try {
      const answer = await fetch(path, { method: "POST", headers: OWN, body });
      if (answer.ok) return answer;
      say(await answer.text());
    } catch (error) {
      say("没有连上程序；程序还开着吗？");
    }
    return null;
  };
  const forget = (ids) => { if (ids.length) ask("/forget", ids.join("\n")); };

  // --- The list of files ---------------------------------------------------------------------------------

  const COLUMNS = [
    { key: "path", name: "文件", value: (row) => row.path },
    { key: "issue", name: "期号", value: (row) => (row.data ? row.data.issue : "") },
    { key: "date", name: "日期", value: (row) => (row.data ? row.data.date : "") },
    { key: "errors", name: "错误", value: (row) => (row.data ? row.data.counts[0] : -1), number: true },
    { key: "warnings", name: "警告", value: (row) => (row.data ? row.data.counts[1] : -1), number: true },
    { key: "advice", name: "建议", value: (row) => (row.data ? row.data.counts[2] : -1), number: true },
    { key: "verdict", name: "结论", value: (row) => verdictOf(row) },
  ];
  const WAITING = { waiting: "等候", sending: "正在检查", failed: "没有收下" };
  const stateOf = (row) => (row.state === "sending" && !ready ? "程序正在准备" : WAITING[row.state]);
  const verdictOf = (row) => (row.data ? row.data.verdict : stateOf(row) + (row.message ? `：${row.message}` : ""));

  const heads = () => {
    const line = $("table").tHead.rows[0];
    line.replaceChildren(...COLUMNS.map((column) => {
      const is = sort.key === column.key;
      const button = make("button", { type: "button", onclick: () => {
        sort = { key: column.key, up: is ? !sort.up : !column.number };
        show();
        line.cells[COLUMNS.indexOf(column)].firstChild.focus();
      } }, column.name + (is ? (sort.up ? " ▲" : " ▼") : ""));
      return make("th", { scope: "col", "aria-sort": is ? (sort.up ? "ascending" : "descending") : "none" }, button);
    }));
  };

  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "zh-CN", { numeric: true }));

  const show = () => {
    $("overview").hidden = !rows.length;
    const column = COLUMNS.find((each) => each.key === sort.key);
    const isWrong = (row) => row.state === "failed" || (row.data && row.data.state !== "good");
    const shown = rows
      .filter((row) => !$("only-wrong").checked || isWrong(row))
      .sort((a, b) => (sort.up ? 1 : -1) * compare(column.value(a), column.value(b)));
    $("count").textContent = shown.length < rows.length ? `${shown.length} / ${rows.length} 份` : `${rows.length} 份`;
    heads();
    $("table").tBodies[0].replaceChildren(...shown.map((row) => {
      const name = row.data
        ? put(make("button", { type: "button", onclick: () => { open(row); $("verdict").focus(); } }), row.data.title)
        : make("span", {}, row.path);
      return make("tr", { class: row === opened ? "open" : false }, make("td", {}, name),
        ...COLUMNS.slice(1).map((each) => {
          const value = each.value(row);
          return make("td", { class: each.number && value > 0 ? "some" : false }, each.number && value < 0 ? "" : String(value));
        }));
    }));
  };

  // --- One file ------------------------------------------------------------------------------------------

  const open = (row, stay) => {
    opened = row;
    const data = row.data;
    if (!stay) current = 0;
    $("file").hidden = false;
    $("head").className = `verdict ${data.state}`;
    put(clear($("name")), data.title).append(data.issue ? `　${data.issue}　${data.date}` : "");
    $("verdict").textContent = data.verdict;
    put(clear($("details")), data.details);
    $("failures").replaceChildren(...data.failures.map((parts) => put(make("li", {}), parts)));
    $("get-fixed").hidden = !data.fixable;
    $("get-fixed").textContent = `下载安全修复后的文件（${data.fixable} 处）`;
    $("get-marked").hidden = !data.markable;
    pages(data);
    list(data);
    more(data);
    select(Math.min(current, data.marks.length), false);
    show();
  };
  const clear = (node) => { node.replaceChildren(); return node; };

  const pages = (data) => {
    if (drawer) drawer.disconnect();
    drawer = new IntersectionObserver((seen) => seen.forEach((each) => {
      if (!each.isIntersecting) return;
      const image = each.target.querySelector("image");
      if (image && image.dataset.href) {
        image.setAttribute("href", image.dataset.href);
        delete image.dataset.href;
      }
      drawer.unobserve(each.target);
    }), { rootMargin: "600px" });
    const made = data.pages.length ? data.pages.map((page) => paged(data, page)) : [lined(data)];
    $("pages").replaceChildren(...made);
    made.forEach((each) => drawer.observe(each));
  };

  const paged = (data, page) => {
    const [w, h] = [page.width, page.height];
    const image = draw("image", { x: 0, y: 0, width: w, height: h, preserveAspectRatio: "none" });
    image.dataset.href = `/files/${data.id}/pages/${page.number}`;
    const picture = draw("svg", { viewBox: `${-MARGIN} -1 ${w + MARGIN + 1} ${h + 2}`, role: "group", "aria-label": `第 ${page.number} 页` },
      draw("rect", { class: "sheet", x: 0, y: 0, width: w, height: h }), image);
    page.marks.forEach((place) => picture.append(marked(data.marks[place.number - 1], place)));
    return make("figure", {}, make("figcaption", {}, `第 ${page.number} 页`), picture);
  };

  const marked = (mark, place) => {
    const group = draw("g", { class: "mark", role: "button", tabindex: 0, "data-mark": mark.number,
      "aria-label": `${mark.number} ${mark.word} ${plain(mark.message)}` });
    place.boxes.forEach(([x0, top, x1, bottom]) => group.append(draw("rect", { class: `frame ${mark.severity}`, x: x0, y: top,
      width: Math.max(x1 - x0, 2), height: Math.max(bottom - top, 2) })));
    group.append(
      draw("path", { class: `tie ${mark.severity}`, d: `M-9 ${place.label}L0 ${place.anchor}` }),
      draw("rect", { class: `disc ${mark.severity}`, x: -33, y: place.label - 6.5, width: 24, height: 13, rx: 6.5 }),
      draw("text", { class: "label", x: -21, y: place.label + 3.5 }, String(mark.number)));
    group.addEventListener("click", () => select(mark.number, true, "list"));
    group.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); select(mark.number, true, "list"); }
    });
    return group;
  };

  const lined = (data) => {
    const box = make("div", { class: "lines" });
    data.lines.forEach((line) => {
      if (line.gap && line.number > 1) box.append(make("div", { class: "gap" }, "（中间各行没有标记，略）"));
      const text = make("span", { class: "t" });
      line.pieces.forEach((piece) => {
        if (piece.leftOut) text.append(make("span", { class: "faint" }, `（略 ${piece.leftOut} 字）`));
        [...piece.begins, ...piece.more].forEach((number) => {
          const mark = data.marks[number - 1];
          text.append(make("button", { type: "button", class: `no ${mark.severity}`, "data-mark": number,
            "aria-label": `${number} ${mark.word} ${plain(mark.message)}`, onclick: () => select(number, true, "list") }, String(number)));
        });
        text.append(put(make(piece.severity ? "mark" : "span", { class: piece.severity || false }), piece.text));
      });
      box.append(make("div", { class: "line" }, make("span", { class: "n" }, String(line.number)), text));
    });
    return box;
  };

  const list = (data) => {
    $("list").replaceChildren(...data.marks.map((mark) => {
      const head = make("p", {}, make("span", { class: `no ${mark.severity}` }, String(mark.number)), " ",
        make("span", { class: `word ${mark.severity}` }, mark.word), " ");
      put(head, mark.message).append(" ", make("code", { class: "faint" }, mark.code));
      const about = put(make("p", { class: "more" }, `${mark.place}　`), mark.excerpt);
      const item = make("li", { class: mark.severity, "data-entry": mark.number, tabindex: -1 }, head, about);
      item.addEventListener("click", (event) => { if (!event.target.closest("button, dl")) select(mark.number, true, "page"); });
      const note = data.notes[mark.code];
      if (note && (note.why || mark.mending.length || note.references.length)) item.append(...why(note, mark));
      return item;
    }));
    if (!data.marks.length) $("list").append(make("li", { class: "info" }, data.state === "unknown" ? "没有可列出的问题。" : "没有发现问题。"));
  };

  const why = (note, mark) => {
    const told = make("dl", { hidden: true });
    const said = (name, value) => told.append(make("dt", {}, name), value);
    if (note.why) said("为什么", make("dd", {}, note.why));
    if (mark.mending.length) said("怎样改", put(make("dd"), mark.mending));
    if (note.references.length) said("依据", make("dd", {}, note.references.join("\n")));
    const button = make("button", { type: "button", class: "why", "aria-expanded": "false", onclick: () => {
      told.hidden = !told.hidden;
      button.setAttribute("aria-expanded", String(!told.hidden));
    } }, "为什么");
    return [button, told];
  };

  const more = (data) => {
    const box = clear($("more"));
    if (data.waived.length) {
      box.append(make("h3", {}, `已豁免 ${data.waived.length} 处`), make("ul", {}, ...data.waived.map((each) => {
        const item = put(make("li", {}), each.message);
        item.append("　理由：");
        return put(item, each.reason);
      })));
    }
    if (data.around.length > 1 || data.beside.length) {
      const body = make("tbody", {}, ...data.around.map((each) => make("tr", { class: each.this ? "this" : false },
        make("td", {}, (each.issue || "—") + (each.this ? "（本期）" : "")), make("td", {}, each.date || "—"), put(make("td", {}), each.name))));
      const head = make("thead", {}, make("tr", {}, ...["期号", "日期", "文件"].map((name) => make("th", { scope: "col" }, name))));
      box.append(make("h3", {}, "本期与前后各期"), make("div", { class: "wide" }, make("table", { class: "neighbours" }, head, body)));
      if (data.beside.length) {
        box.append(make("ul", {}, ...data.beside.map((each) => {
          const item = put(make("li", {}, make("span", { class: `word ${each.severity}` }, each.word), " "), each.name);
          item.append("：");
          return put(item, each.message);
        })));
      }
    }
    box.append(make("p", { class: "more faint" }, `SHA-256 ${data.sha256}`));
  };

  // --- One violation -------------------------------------------------------------------------------------

  const select = (number, moves, to) => {
    current = number;
    document.querySelectorAll(".current").forEach((node) => { node.classList.remove("current"); node.removeAttribute("aria-current"); });
    if (!number) return;
    const item = document.querySelector(`[data-entry="${number}"]`);
    const places = document.querySelectorAll(`[data-mark="${number}"]`);
    if (item) { item.classList.add("current"); item.setAttribute("aria-current", "true"); }
    places.forEach((node) => node.classList.add("current"));
    if (!moves) return;
    const place = places[0];
    if (to !== "page" && item) item.scrollIntoView({ block: "nearest" });
    if (to !== "list" && place) (place.querySelector(".frame") || place).scrollIntoView({ block: "center" });
    if (to === "page" && place) place.focus({ preventScroll: true });
    if (to === "list" && item) item.focus({ preventScroll: true });
  };

  const step = (by) => {
    const count = opened ? opened.data.marks.length : 0;
    if (count) select(Math.min(Math.max(current + by, 1), count), true);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !opened) return;
    if (event.target.closest("input")) return;
    const key = event.key.toLowerCase();
    if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (event.key === "Enter" && current && !event.target.closest("button, summary, a")) select(current, true, "page");
    else return;
    event.preventDefault();
  });

  // --- Downloads -----------------------------------------------------------------------------------------

  const download = async (button, what) => {
    const data = opened.data;
    button.disabled = true;
    try {
      const answer = await fetch(`/files/${data.id}/${what}`);
      if (!answer.ok) { say(await answer.text()); return; }
      const name = decodeURIComponent((answer.headers.get("Content-Disposition") || "").split("UTF-8''")[1] || "bulletin");
      const address = URL.createObjectURL(await answer.blob());
      const link = make("a", { href: address, download: name });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(address), 60000);
      say("已下载。");
    } catch (error) {
      say("没有连上程序；程序还开着吗？");
    } finally {
      button.disabled = false;
    }
  };

  // --- Beginning -----------------------------------------------------------------------------------------

  const chosen = (input) => {
    take([...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file, inFolder: Boolean(file.webkitRelativePath) })));
    input.value = "";
  };
  $("pick-files").addEventListener("click", () => $("files").click());
  $("pick-folder").addEventListener("click", () => $("folder").click());
  $("files").addEventListener("change", () => chosen($("files")));
  $("folder").addEventListener("change", () => chosen($("folder")));
  $("only-wrong").addEventListener("change", show);
  $("clear").addEventListener("click", () => {
    forget(rows.filter((row) => row.data).map((row) => row.data.id));
    rows.length = 0;
    opened = null;
    $("file").hidden = true;
    $("drop").classList.remove("small");
    say("已清除。");
    show();
  });
  [["get-fixed", "fixed"], ["get-sheet", "sheet"], ["get-marked", "marked"]].forEach(([id, what]) => {
    $(id).addEventListener("click", () => download($(id), what));
  });
  document.addEventListener("dragover", (event) => { event.preventDefault(); $("drop").classList.add("over"); });
  document.addEventListener("dragleave", () => $("drop").classList.remove("over"));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    $("drop").classList.remove("over");
    // The list is empty once this function has waited for anything.
    const items = [...event.dataTransfer.items].map((item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null)).filter(Boolean);
    const files = [...event.dataTransfer.files];
    const found = [];
    for (const item of items) await walk(item, found);
    take(found.length ? found : files.map((file) => ({ path: file.name, file, inFolder: false })));
  });

  const begin = async () => {
    const code = location.hash.slice(1);
    if (code) {
      // Out of the address at once: histories keep it.
      history.replaceState(null, "", location.pathname);
      const answer = await fetch("/session", { method: "POST", headers: OWN, body: code });
      if (!answer.ok) { say(await answer.text()); return; }
    }
    const about = await news();
    if (!about) return;
    suffixes = about.suffixes;
    if (about.timeline) {
      $("series").hidden = false;
      put(clear($("series-folder")), about.folder);
      $("timeline").src = "/timeline.svg";
    }
    // What checks files loads its rules first; whoever is quicker is told.
    for (let latest = about; latest && !latest.ready; latest = await news()) await wait(400);
    ready = true;
    if (rows.length) { show(); progress(); }
  };
  const news = async () => {
    try {
      const answer = await fetch("/about");
      if (answer.ok) return answer.json();
      say(await answer.text());
    } catch (error) {
      say("没有连上程序；程序还开着吗？");
    }
    return null;
  };
  begin();
})();
