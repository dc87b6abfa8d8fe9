// How the page looks: light and dark, on paper too. Blue is what was seen, orange what composition alone gives.
#pragma once

namespace iresweep {

inline constexpr const char* kPageStyle = R"(
:root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6876; --paper: #fff; --card: #f4f6f9; --rule: #d9dfe6;
  --seen: #2f6fb5; --null: #c8691c; --mark: #8b3fa0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e9ef; --soft: #9dabb9; --paper: #14181d; --card: #1e242c;
  --rule: #333d48; --seen: #6ca9e8; --null: #eb9a52; --mark: #c99ad8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
h1 { margin: 0; font-size: 1.75rem; } h2 { margin: 2.5rem 0 .5rem; font-size: 1.25rem; }
h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: .5rem 0; } .soft, figcaption { color: var(--soft); font-size: .9rem; }
.counts { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; margin: 1.25rem 0; padding: 0; }
@media (min-width: 40rem) { .counts { grid-template-columns: 1fr 1fr 1fr; } }
.counts div { background: var(--card); border-radius: .5rem; padding: .75rem 1rem; }
.counts dt { color: var(--soft); font-size: .85rem; } .counts dd { margin: 0; font-size: 1.4rem; font-weight: 600;
  font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; overflow-x: auto; } svg { display: block; width: 100%; min-width: 36rem; height: auto; }
figcaption { position: sticky; left: 0; }
svg text { fill: var(--soft); font-size: 12px; } svg polyline { fill: none; }
.seen { fill: var(--seen); opacity: .75; } .tail { stroke: var(--seen); stroke-width: 2; } .dot { fill: var(--seen); }
.null { stroke: var(--null); stroke-width: 2; } .best { fill: var(--mark); opacity: .15; }
.threshold { stroke: var(--mark); stroke-width: 1.5; stroke-dasharray: 5 4; }
.grid { stroke: var(--rule); } .axis { stroke: var(--soft); }
.key { display: inline-block; width: .8em; height: .8em; border-radius: .15em; margin-right: .35em; }
.key.s { background: var(--seen); } .key.n { background: var(--null); }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; }
th { color: var(--soft); font-weight: 600; font-size: .85rem; } .facts td { overflow-wrap: anywhere; }
.facts td:first-child { color: var(--soft); white-space: nowrap; }
article { background: var(--card); border-radius: .5rem; padding: 1rem; margin: 1rem 0; break-inside: avoid; }
code { font: .85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
)";

}  // namespace iresweep
