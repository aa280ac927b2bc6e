import { RUN_LOOKS } from "@/components/ui/run-state/run-look";
import { THEME_COLORS, type ThemeColor } from "@/components/ui/theme/theme-colors";

function colors(theme: keyof typeof THEME_COLORS): string {
	const names: readonly [string, string][] = Object.entries(THEME_COLORS[theme]);
	return `color-scheme:${theme};${names.map(([name, value]) => `--${name}:${value}`).join(";")}`;
}

const FILLED: readonly string[] = ["completed", "failed", "cancelled", "timed-out"];

function stateColors(look: ThemeColor & (typeof RUN_LOOKS)[number]): string {
	const disc = FILLED.includes(look) ? "--disc:var(--c);--glyph:var(--on-state)" : "--disc:var(--cs);--glyph:var(--c)";
	return `[data-state="${look}"]{--c:var(--${look});--cs:var(--${look}-soft);${disc}}`;
}

/** The styles of a film's page: no part of it has any of its own. */
export const FILM_STYLE = `
:root{${colors("light")};--sans:-apple-system,BlinkMacSystemFont,"Segoe UI",Inter,Roboto,"Noto Sans",system-ui,sans-serif;--mono:ui-monospace,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace}
@media (prefers-color-scheme:dark){:root{${colors("dark")}}}
${RUN_LOOKS.map(stateColors).join("\n")}
*{box-sizing:border-box;margin:0}
body{display:grid;grid-template:auto auto minmax(0,1fr) 252px/minmax(0,1fr) 360px;height:100dvh;background:var(--page);color:var(--ink);font:13px/20px var(--sans)}
.symbols{position:absolute}
h1,h2,h3{font-weight:600;font-size:13px;line-height:20px}
header{grid-column:1/-1;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;min-height:48px;padding:6px 16px;border-bottom:1px solid var(--line)}
header h1{font-size:15px;overflow-wrap:anywhere}
header p{color:var(--ink-2);font-size:12px}header .warning{color:var(--failed)}
.pill{display:inline-flex;align-items:center;gap:6px;height:22px;padding:0 9px 0 5px;border-radius:11px;background:var(--cs);color:var(--c);font-size:12px;font-weight:500}
.icon{width:16px;height:16px;fill:none;stroke:var(--c);stroke-width:2.25;stroke-linecap:round;stroke-linejoin:round}
.disc{fill:var(--disc)}.glyph{stroke:var(--glyph)}
#player{grid-column:1/-1;grid-row:2;display:flex;align-items:center;gap:10px;min-height:44px;padding:4px 16px;border-bottom:1px solid var(--line);background:var(--panel)}
#player input{flex:1;min-width:0;height:44px;accent-color:var(--accent)}
#clock{min-width:76px;text-align:right;color:var(--ink-2);font-size:12px;font-variant-numeric:tabular-nums}
button{font:inherit;color:inherit;cursor:pointer}button:disabled{cursor:default}
#play{min-width:72px;height:32px;border:0;border-radius:6px;background:var(--accent);color:var(--on-accent);font-weight:500}#play:disabled{background:var(--fill);color:var(--ink-3)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
#canvas{grid-column:1;grid-row:3;overflow:auto;background:var(--canvas)}
#drawing{display:block;margin:auto;font:13px var(--sans)}
#drawing .icon{width:auto;height:auto}
.box{fill:var(--panel);stroke:var(--line);stroke-width:1}
.frame{fill:var(--panel);fill-opacity:.55;stroke:var(--line-strong)}
.rule{stroke:var(--line)}
.step{outline:none}.step[tabindex]{cursor:pointer}
.step[data-state]>:is(.box,.frame){stroke:var(--c)}
.step:is([data-state="running"],[data-state="waiting"],[data-state="retrying"])>.box{stroke-width:2;fill:var(--cs)}
.step:is([data-state="failed"],[data-state="timed-out"])>.box{stroke-width:2;fill:var(--cs)}
.step:is([data-state="queued"],[data-state="skipped"])>:is(.box,.frame){stroke:var(--line-strong)}
.step:is([data-state="queued"],[data-state="skipped"]) .title{fill:var(--ink-3)}
.step[data-state="skipped"]>.box,.step[data-state="retrying"]>.box{stroke-dasharray:4 3}
.step[aria-pressed="true"]>:is(.box,.frame),.step:focus-visible>:is(.box,.frame){stroke:var(--accent);stroke-width:3}
.title{fill:var(--ink);font-weight:500;unicode-bidi:isolate}
.sub{fill:var(--ink-3);font:11px var(--mono);unicode-bidi:isolate}
.edge{fill:none;stroke:var(--line-strong);stroke-width:1.5;stroke-linecap:round}
.edge[data-look="skipped"]{stroke-dasharray:1 5}
.edge:is([data-look="completed"],[data-look="failed"],[data-look="running"],[data-look="waiting"]){stroke-width:2}
.edge[data-look="completed"]{stroke:var(--completed)}.edge[data-look="failed"]{stroke:var(--failed)}
.edge[data-look="running"]{stroke:var(--running);stroke-dasharray:6 6}.edge[data-look="waiting"]{stroke:var(--waiting);stroke-dasharray:6 6}
#details{grid-row:3/5;grid-column:2;overflow:auto;border-left:1px solid var(--line);background:var(--panel);padding:12px 16px}
#details>*+*{margin-top:12px}
#details h2{font-size:15px;overflow-wrap:anywhere}
#details h3{color:var(--ink-2);font-size:12px}
.quiet{color:var(--ink-3);font-size:12px}
pre{white-space:pre-wrap;overflow-wrap:anywhere;max-height:320px;overflow:auto;padding:8px 10px;border-radius:8px;background:var(--sunken);font:11px/18px var(--mono)}
#timeline{grid-column:1;grid-row:4;overflow:auto;border-top:1px solid var(--line);background:var(--panel)}
#timeline ol{list-style:none;padding:4px 0}
#timeline button{display:grid;grid-template-columns:minmax(96px,22%) minmax(0,1fr) 84px;gap:10px;align-items:center;width:100%;height:28px;padding:0 16px;border:0;background:none;text-align:left}
#timeline button:enabled:hover{background:var(--fill)}
#timeline button[aria-pressed="true"]{background:var(--accent-soft)}
.name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.depth-1{padding-left:12px}.depth-2{padding-left:24px}.depth-3{padding-left:36px}.depth-4{padding-left:48px}.depth-5{padding-left:60px}.depth-6{padding-left:72px}
.bars{width:100%;height:28px;overflow:hidden}
.bar{fill:var(--c);min-width:3px}.bar.wait{fill-opacity:.45}
.future{fill:var(--panel);fill-opacity:.82}
.span{color:var(--ink-2);font:11px var(--mono);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.notice{padding:8px 16px;color:var(--ink-2);font-size:12px}
@media (width<640px){
body{grid-template:auto auto 34dvh auto auto/minmax(0,1fr);height:auto;min-height:100dvh;font-size:15px}
#details{grid-row:4;grid-column:1;border-left:0;border-top:1px solid var(--line)}
#timeline{grid-row:5;overflow:visible}
#timeline button{grid-template-columns:minmax(0,40%) minmax(0,1fr) 64px;height:44px}
.bars{height:44px}.bar{transform:translateY(8px)}
#player{position:sticky;top:0;z-index:1}#play{height:44px}}
@media print{body{display:block;height:auto}}
`.trim();
