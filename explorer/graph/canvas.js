// The graph as a Streamlit component: vis-network draws shapes and lines and knows pan, zoom and click; this file adds what
// a reader of many names needs, which is labels that never overlap. Text reaches the page as canvas text or textContent only.
const SHAPES = { circle: "dot", square: "square", diamond: "diamond", triangle: "triangle", star: "star", hexagon: "hexagon" };
const LABEL = 12.5, LINK_LABEL = 10.5, FEW_LINKS = 45, MANY_LINKS = 1500;

function readTheme(element) {
  const style = getComputedStyle(element);
  const value = (name, fallback) => style.getPropertyValue(name).trim() || fallback;
  return {
    ink: value("--st-text-color", "#222"), paper: value("--st-background-color", "#fff"), rule: value("--st-border-color", "#ccc"),
    accent: value("--st-primary-color", "#882255"), font: value("--st-font", "sans-serif"),
  };
}

function mix(a, b, share) {
  const parse = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  if (!/^#[0-9a-f]{6}$/i.test(a) || !/^#[0-9a-f]{6}$/i.test(b)) return a;
  const [x, y] = [parse(a), parse(b)];
  return "#" + x.map((v, i) => Math.round(v * share + y[i] * (1 - share)).toString(16).padStart(2, "0")).join("");
}

// Dark colours are lightened on dark paper, as in the legend beside the drawing.
function shade(colour, theme) {
  return parseInt(theme.paper.slice(1, 3), 16) < 128 ? mix(colour, "#ffffff", 0.72) : colour;
}

function drawnNode(node, theme, selected) {
  const chosen = node.id === selected, colour = shade(node.colour, theme);
  return {
    id: node.id, shape: SHAPES[node.shape] || "dot", size: node.size,
    color: { background: colour, border: chosen ? theme.ink : mix(colour, theme.paper, 0.55) },
    borderWidth: chosen ? 3 : 1,
  };
}

// What all relationships share stands in the options of the drawing; one at the chosen node has its own.
function linkStyle(theme, near, arrows) {
  const colour = near ? mix(theme.ink, theme.paper, 0.8) : mix(theme.ink, theme.paper, 0.42);
  return { width: near ? 1.8 : 1, color: { color: colour, inherit: false }, arrows: { to: { enabled: arrows, scaleFactor: 0.5 } } };
}

function changedLinks(state, data, themed) {
  const arrows = data.links.length <= MANY_LINKS, changed = [];
  for (const link of data.links) {
    const near = link.from === data.selected || link.to === data.selected, was = state.near.has(link.id), fresh = !state.links.get(link.id);
    if (near) state.near.add(link.id); else state.near.delete(link.id);
    if (fresh || near !== was || (near && themed))
      changed.push({ id: link.id, from: link.from, to: link.to, ...(near || was ? linkStyle(state.theme, near, arrows) : {}) });
  }
  return changed;
}

// Two lines at most, broken at words.
function wrapLabel(text, width = 24) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > width) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  if (lines.length <= 2) return lines;
  return [lines[0], lines[1].slice(0, width - 1) + "…"];
}

// Room for the labels at the margin.
function fit(network, sheet, chain) {
  network.fit({ maxZoomLevel: 1.4 });
  network.moveTo({ scale: network.getScale() * Math.max(0.6, 1 - (chain ? 250 : 150) / sheet.clientWidth) });
}

const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

// Boxes by cells of a coarse grid, so that two thousand labels are tested against their neighbours alone.
class Boxes {
  constructor(cell) { this.cell = cell; this.cells = new Map(); }
  *keys(box) {
    for (let i = Math.floor(box.x / this.cell); i <= Math.floor((box.x + box.w) / this.cell); i++)
      for (let j = Math.floor(box.y / this.cell); j <= Math.floor((box.y + box.h) / this.cell); j++) yield `${i},${j}`;
  }
  add(box) { for (const key of this.keys(box)) { if (!this.cells.has(key)) this.cells.set(key, []); this.cells.get(key).push(box); } }
  hits(box, owner) {
    for (const key of this.keys(box)) for (const other of this.cells.get(key) || []) if (other.owner !== owner && overlaps(box, other)) return true;
    return false;
  }
}

function writeText(context, lines, x, y, height, theme, colour) {
  context.textAlign = "center"; context.textBaseline = "top"; context.lineJoin = "round";
  context.strokeStyle = theme.paper; context.lineWidth = height * 0.28; context.fillStyle = colour;
  lines.forEach((line, i) => { context.strokeText(line, x, y + i * height); context.fillText(line, x, y + i * height); });
}

function drawLabels(state, context) {
  const { data, network, theme } = state, scale = network.getScale(), unit = 1 / scale;
  const places = network.getPositions(), boxes = new Boxes(160 * unit), near = new Set([data.selected, state.hovered]);
  for (const link of data.links) if (near.has(link.from) || near.has(link.to)) { near.add("|" + link.from); near.add("|" + link.to); }
  const view = network.canvas.DOMtoCanvas({ x: 0, y: 0 }), far = network.canvas.DOMtoCanvas({ x: state.sheet.clientWidth, y: state.sheet.clientHeight });
  const seen = data.nodes.filter((n) => places[n.id] && places[n.id].x > view.x && places[n.id].x < far.x && places[n.id].y > view.y && places[n.id].y < far.y);
  for (const node of seen) {
    const p = places[node.id], r = node.size;
    boxes.add({ x: p.x - r, y: p.y - r, w: 2 * r, h: 2 * r, owner: node.id });
  }
  const weight = (n) => (n.id === data.selected ? 1e6 : 0) + (n.id === state.hovered ? 1e7 : 0) + (near.has("|" + n.id) ? 1e5 : 0) + n.size;
  const height = LABEL * 1.2 * unit;
  state.written = 0;
  for (const node of [...seen].sort((a, b) => weight(b) - weight(a))) {
    const strong = node.id === data.selected || node.focus;
    context.font = `${strong ? 600 : 400} ${LABEL * unit}px ${theme.font}`;
    const lines = wrapLabel(node.label), p = places[node.id], gap = node.size + 4 * unit;
    const w = Math.max(...lines.map((l) => context.measureText(l).width)), h = lines.length * height;
    const right = [p.x + gap + w / 2, p.y - h / 2], left = [p.x - gap - w / 2, p.y - h / 2], below = [p.x, p.y + gap], above = [p.x, p.y - gap - h];
    const spots = data.chain ? [right, left, below, above] : [below, above, right, left];
    const must = node.id === state.hovered || node.id === data.selected;
    const spot = spots.find(([x, y]) => !boxes.hits({ x: x - w / 2, y, w, h }, node.id)) || (must ? spots[0] : null);
    if (!spot) continue;
    boxes.add({ x: spot[0] - w / 2, y: spot[1], w, h, owner: node.id });
    writeText(context, lines, spot[0], spot[1], height, theme, theme.ink);
    state.written += 1;
  }
  const size = LINK_LABEL * unit, quiet = mix(theme.ink, theme.paper, 0.72);
  context.font = `italic 400 ${size}px ${theme.font}`;
  for (const link of data.links) {
    if (!(near.has(link.from) || near.has(link.to)) && data.links.length > FEW_LINKS) continue;
    const a = places[link.from], b = places[link.to];
    if (!a || !b) continue;
    const w = context.measureText(link.label).width, box = { x: (a.x + b.x) / 2 - w / 2, y: (a.y + b.y) / 2 - size / 2, w, h: size };
    if (Math.hypot(a.x - b.x, a.y - b.y) < w * 0.9 || boxes.hits(box, null)) continue;
    boxes.add(box);
    writeText(context, [link.label], box.x + w / 2, box.y, size, theme, quiet);
  }
}

function showHint(state, id, pointer) {
  const node = state.data.nodes.find((n) => n.id === id);
  state.hovered = node ? id : null;
  state.hint.hidden = !node;
  if (!node) return;
  state.hint.textContent = node.title;
  const left = Math.min(pointer.x + 14, state.sheet.clientWidth - state.hint.offsetWidth - 8);
  const top = pointer.y + 18 + state.hint.offsetHeight > state.sheet.clientHeight ? pointer.y - state.hint.offsetHeight - 12 : pointer.y + 18;
  state.hint.style.left = `${Math.max(4, left)}px`; state.hint.style.top = `${Math.max(4, top)}px`;
}

function drawMark(context, shape, colour, x, y) {
  const ring = { square: [4, Math.PI / 4], diamond: [4, 0], triangle: [3, -Math.PI / 2], hexagon: [6, 0], star: [10, -Math.PI / 2] }[shape];
  context.beginPath();
  if (!ring) context.arc(x, y, 6, 0, 2 * Math.PI);
  else for (let i = 0; i < ring[0]; i++) {
    const angle = ring[1] + (i * 2 * Math.PI) / ring[0], radius = shape === "star" && i % 2 ? 3 : 7;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath(); context.fillStyle = colour; context.fill();
}

// The picture carries its legend and its origin, so that it can stand in a paper.
function savePicture(state) {
  const source = state.sheet.querySelector("canvas"), ratio = source.width / state.sheet.clientWidth, { theme, data } = state;
  const picture = document.createElement("canvas"), foot = 64 * ratio;
  picture.width = source.width; picture.height = source.height + foot;
  const context = picture.getContext("2d");
  context.fillStyle = theme.paper; context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(source, 0, 0);
  context.scale(ratio, ratio);
  context.textBaseline = "middle"; context.font = `13px ${theme.font}`;
  let x = 16;
  const y = source.height / ratio + 18;
  for (const item of data.legend) {
    drawMark(context, item.shape, shade(item.colour, theme), x + 6, y);
    context.fillStyle = theme.ink; context.fillText(item.label, x + 18, y);
    x += context.measureText(item.label).width + 38;
  }
  context.font = `12px ${theme.font}`; context.fillStyle = mix(theme.ink, theme.paper, 0.7);
  context.fillText(data.origin, 16, y + 26);
  picture.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob); link.download = `${data.file}.png`; link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }, "image/png");
}

function build(state, root, data) {
  const sheet = (state.sheet = root.querySelector(".sheet"));
  state.hint = root.querySelector(".hint");
  sheet.style.height = `${data.height}px`;
  state.nodes = new vis.DataSet(); state.links = new vis.DataSet();
  state.network = new vis.Network(sheet, { nodes: state.nodes, edges: state.links }, {
    physics: false, layout: { improvedLayout: false }, edges: { smooth: false, selectionWidth: 0, hoverWidth: 0 },
    interaction: { hover: true, selectable: false, tooltipDelay: 0, zoomSpeed: 0.6 },
  });
  state.network.on("afterDrawing", (context) => { drawLabels(state, context); sheet.dataset.labels = state.written; });
  state.network.on("hoverNode", (e) => showHint(state, e.node, e.pointer.DOM));
  state.network.on("blurNode", () => showHint(state, null));
  state.network.on("click", (e) => { const id = state.network.getNodeAt(e.pointer.DOM); if (id !== undefined) state.select(id); });
  state.network.on("doubleClick", (e) => { const id = state.network.getNodeAt(e.pointer.DOM); if (id !== undefined) state.open(id); });
  const zoom = (factor) => state.network.moveTo({ scale: state.network.getScale() * factor });
  root.querySelector(".fit").onclick = () => fit(state.network, sheet, state.data.chain);
  root.querySelector(".closer").onclick = () => zoom(1.3);
  root.querySelector(".farther").onclick = () => zoom(1 / 1.3);
  root.querySelector(".save").onclick = () => savePicture(state);
  state.watch = setInterval(() => { if (JSON.stringify(readTheme(sheet)) !== state.themeKey) paint(state, state.data); }, 700);
}

// Bring the drawing to the data: what stays keeps its place, also where the reader has dragged it.
function paint(state, data) {
  const theme = readTheme(state.sheet), kept = new Set(data.nodes.map((n) => n.id)), links = new Set(data.links.map((l) => l.id));
  const themed = JSON.stringify(theme) !== state.themeKey, arrows = data.links.length <= MANY_LINKS;
  Object.assign(state, { theme, themeKey: JSON.stringify(theme), data });
  if (themed || arrows !== state.arrows) state.network.setOptions({ edges: { smooth: false, ...linkStyle(theme, false, arrows) } });
  state.arrows = arrows;
  state.links.remove(state.links.getIds().filter((id) => !links.has(id)));
  state.nodes.remove(state.nodes.getIds().filter((id) => !kept.has(id)));
  state.nodes.update(data.nodes.map((node) => {
    const was = state.places[node.id], moved = !was || was.x !== node.x || was.y !== node.y || !state.nodes.get(node.id);
    state.places[node.id] = { x: node.x, y: node.y };
    return moved ? { ...drawnNode(node, theme, data.selected), x: node.x, y: node.y } : drawnNode(node, theme, data.selected);
  }));
  state.links.update(changedLinks(state, data, themed));
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".frame"), state = (root.graph = root.graph || { places: {}, near: new Set() });
  state.select = (id) => setTriggerValue("chosen", id);
  state.open = (id) => setTriggerValue("opened", id);
  if (!state.network) build(state, root, data);
  const shown = data.nodes.map((n) => n.id).join("\n");
  paint(state, data);
  state.sheet.setAttribute("aria-label", data.summary);
  if (shown !== state.shown) fit(state.network, state.sheet, data.chain);
  state.shown = shown;
  state.network.once("afterDrawing", () => requestAnimationFrame(() => {
    state.sheet.dataset.nodes = data.nodes.length; state.sheet.dataset.selected = data.selected || "";
    state.sheet.dataset.drawn = performance.now(); state.sheet.dataset.view = data.view;
  }));
  return () => { clearInterval(state.watch); state.network.destroy(); delete root.graph; };
}
