// What moves in the page about one sequence. It reads the page's own numbers from the element "data".
#pragma once

namespace iresweep {

inline constexpr const char* kExplanationStyle = R"(
.tools { display: flex; gap: .5rem; align-items: baseline; flex-wrap: wrap; } output { font-variant-numeric: tabular-nums; }
button { font: inherit; font-size: .9rem; color: var(--ink); background: var(--card); border: 1px solid var(--rule);
  border-radius: .35rem; padding: .15rem .6rem; cursor: pointer; }
#profile { cursor: crosshair; touch-action: pan-y; user-select: none; } .drag { fill: var(--soft); opacity: .2; }
.here { stroke: var(--soft); } .chosen { fill: none; stroke: var(--mark); stroke-width: 2; }
#window svg { width: auto; min-width: 0; max-width: none; } #window svg text { fill: #222; }
)";

// Drawn anew at every zoom. Where windows lie closer than pixels, of each pixel the lowest and the highest are drawn.
inline constexpr const char* kExplanationScript = R"js(
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = id => document.getElementById(id), say = (id, text) => { byId(id).textContent = text; };
const element = (parent, name, attributes, text) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  return parent.appendChild(made);
};
const count = number => number.toLocaleString("en-US");

const svg = byId("profile"), left = 64, right = 690, top_ = 10, bottom = 202, least = 20;
const windows = data.profile.start.map((start, i) => {
  const end = Math.min(start + 174, data.length);
  return {start, end, middle: (start + end) / 2, score: data.profile.score[i]};
});
let from = 0, to = data.length, mark = null;
const x = base => left + (base - from) / (to - from) * (right - left), y = score => bottom - score * (bottom - top_);
const baseAt = event => {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return from + (Math.min(Math.max(point.x, left), right) - left) / (right - left) * (to - from);
};

function curves() {
  const parts = [[]];
  let pixel = null, low = null, high = null;
  const flush = () => {
    if (low) parts.at(-1).push(...(low === high ? [low] : low.middle < high.middle ? [low, high] : [high, low]));
    low = high = null;
  };
  for (const window of windows) {
    if (window.score === null) {
      flush();
      if (parts.at(-1).length) parts.push([]);
      continue;
    }
    const at = Math.floor(x(window.middle));
    if (at !== pixel) flush();
    pixel = at;
    if (!low || window.score < low.score) low = window;
    if (!high || window.score > high.score) high = window;
  }
  flush();
  return parts.filter(part => part.length);
}

function draw() {
  svg.replaceChildren();
  const clip = element(element(svg, "clipPath", {id: "inside"}), "rect", {x: left, y: 0, width: right - left, height: 240});
  const inside = element(svg, "g", {"clip-path": "url(#inside)"});
  element(inside, "rect", {class: "best", x: x(data.window.start), y: top_, width: x(data.window.end) - x(data.window.start),
    height: bottom - top_});
  for (const score of [0, 0.5, 1]) {
    element(svg, "polyline", {class: "grid", points: `${left},${y(score)} ${right},${y(score)}`});
    element(svg, "text", {x: left - 6, y: y(score) + 4, "text-anchor": "end"}, score.toFixed(1));
  }
  for (const part of curves())
    element(inside, "polyline", {class: "tail", points: part.map(w => `${x(w.middle).toFixed(1)},${y(w.score).toFixed(1)}`).join(" ")});
  const seen = windows.filter(w => w.score !== null && w.middle >= from && w.middle <= to);
  if (seen.length <= 200)
    for (const w of seen) element(inside, "circle", {class: "dot", cx: x(w.middle), cy: y(w.score), r: 2.5});
  element(svg, "polyline", {class: "axis", points: `${left},${bottom} ${right},${bottom}`});
  const unit = 10 ** Math.floor(Math.log10(to - from)), step = Math.max([0.1, 0.2, 0.5, 1, 2].find(s => (to - from) / (s * unit) <= 7) * unit, 1);
  for (let base = Math.ceil(from / step) * step; base <= to; base += step)
    element(svg, "text", {class: "tick", x: x(Math.max(base - 0.5, 0)), y: bottom + 16, "text-anchor": "middle"}, count(Math.max(Math.round(base), 1)));
  element(svg, "text", {x: (left + right) / 2, y: bottom + 34, "text-anchor": "middle"}, "base of the sequence");
  mark = element(svg, "g", {});
  svg.dataset.from = Math.round(from);
  svg.dataset.to = Math.round(to);
}

function zoom(a, b) {
  const wide = Math.min(Math.max(b - a, Math.min(least, data.length)), data.length);
  from = Math.min(Math.max((a + b - wide) / 2, 0), data.length - wide);
  to = from + wide;
  draw();
}
const scale = (factor, centre = (from + to) / 2) => zoom(centre - (centre - from) * factor, centre + (to - centre) * factor);

function point(base) {
  let nearest = null;
  for (const w of windows)
    if (w.score !== null && (!nearest || Math.abs(w.middle - base) < Math.abs(nearest.middle - base))) nearest = w;
  mark.replaceChildren();
  if (!nearest) return;
  const at = Math.min(Math.floor(base) + 1, data.length);
  say("profile-text", `base ${count(at)}; window ${count(nearest.start + 1)} to ${count(nearest.end)}: score ${nearest.score}`);
  if (nearest.middle < from || nearest.middle > to) return;
  element(mark, "polyline", {class: "here", points: `${x(nearest.middle)},${top_} ${x(nearest.middle)},${bottom}`});
  element(mark, "circle", {class: "dot", cx: x(nearest.middle), cy: y(nearest.score), r: 4});
}

let anchor = null;
svg.addEventListener("pointerdown", event => { anchor = baseAt(event); });
svg.addEventListener("pointermove", event => {
  const base = baseAt(event);
  point(base);
  if (anchor !== null)
    element(mark, "rect", {class: "drag", x: x(Math.min(anchor, base)), y: top_, width: Math.abs(x(base) - x(anchor)), height: bottom - top_});
});
addEventListener("pointerup", event => {
  if (anchor === null) return;
  const [a, b] = [anchor, baseAt(event)].sort((p, q) => p - q);
  anchor = null;
  if (x(b) - x(a) > 4) zoom(a, b);
});
svg.addEventListener("wheel", event => {
  event.preventDefault();
  scale(event.deltaY < 0 ? 0.8 : 1.25, baseAt(event));
}, {passive: false});
byId("in").addEventListener("click", () => scale(0.5));
byId("out").addEventListener("click", () => scale(2));
byId("all").addEventListener("click", () => zoom(0, data.length));
draw();

const picture = document.querySelector("#window svg");
const column = element(picture, "rect", {class: "chosen", y: 36, width: data.picture.letter, height: picture.viewBox.baseVal.height - 66, visibility: "hidden"});
picture.addEventListener("pointermove", event => {
  const spot = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  const t = Math.floor((spot.x - data.picture.left) / data.picture.letter), best = data.window;
  if (t < 0 || t >= best.sequence.length) return;
  column.setAttribute("x", data.picture.left + t * data.picture.letter);
  column.setAttribute("visibility", "visible");
  const rna = letter => letter === "T" ? "U" : letter;
  const parts = [`base ${t + 1} of the window: ${rna(best.sequence[t])}`];
  if (best.position[t] !== null) parts.push(`${data.contig}:${count(best.position[t])} (${data.strand})`);
  for (const name in best.methods) if (best.methods[name][t] !== null) parts.push(`${name} ${best.methods[name][t]}`);
  if (best.substitution)
    [..."ACGT"].forEach((to_, i) => {
      const change = best.substitution[t][i];
      if (change !== null && to_ !== best.sequence[t]) parts.push(`to ${rna(to_)} ${change > 0 ? "+" : ""}${change}`);
    });
  if (best.deletion && t < best.deletion.length && best.deletion[t] !== null) parts.push(`deletion ${best.deletion[t]}`);
  say("window-text", parts.join("; "));
});
)js";

inline constexpr const char* kExplanationScriptHash = "UX7iEwcAFjj1KGvCvv+gn8Xu4922Ng/kPb2Yc2QhSdM=";

}  // namespace iresweep
