import { RUN_LOOK_LABELS, type RunLook } from "@/components/ui/run-state/run-look";
import { STATE_SHAPES } from "@/components/ui/run-state/state-shapes";
import { THEME_COLORS } from "@/components/ui/theme/theme-colors";
import type { Plan } from "@/server/plan/plan";
import { drawStill, type StillDrawing } from "../drawing/draw-still";
import { edgePath } from "../drawing/edge-path";
import { CONTAINER } from "../drawing/geometry";
import type { NodeLayout } from "../drawing/lay-out-plan";
import { drawableText } from "./drawable-text";

/** As sites want it of a page that is linked to. */
export const OG_SIZE = { width: 1_200, height: 630 } as const;

const COLORS = THEME_COLORS.light;
const CANVAS = { width: 1_200, height: 430, margin: 36 } as const;
/** Names of steps smaller than this cannot be read. */
const LEAST_SCALE = 0.55;
/** A larger plan is told of and not drawn. */
const MAX_NODES = 400;

export interface OgPictureProps {
	title: string;
	/** Below the title: whose it is. */
	line: string;
	/** The plan as it may be shown; left out, nothing is drawn. */
	plan?: Plan | undefined;
	/** How the run stands as a whole, and its steps; left out, the plan is at rest. */
	run?: { look: RunLook; steps: Readonly<Record<string, RunLook>> } | undefined;
}

/** A plan or a run for the card of a link, made for satori: boxes with styles of their own, and no hooks. */
export function OgPicture({ title, line, plan, run }: OgPictureProps) {
	return (
		<div
			style={{
				...{ display: "flex", flexDirection: "column", width: OG_SIZE.width, height: OG_SIZE.height },
				...{ background: COLORS.page, color: COLORS.ink },
			}}
		>
			<div style={{ display: "flex", alignItems: "center", height: 199, padding: "0 56px", gap: 32 }}>
				<div style={{ display: "flex", flexDirection: "column", flex: 1, gap: 10 }}>
					<div style={{ display: "flex", maxWidth: 800, fontSize: 52, fontWeight: 600, lineClamp: 1 }}>
						{drawableText(title, 34, "Workflow")}
					</div>
					<div style={{ display: "flex", fontSize: 28, color: COLORS["ink-2"] }}>{drawableText(line, 60, "Weft")}</div>
				</div>
				{run && <Status look={run.look} />}
			</div>
			<div
				style={{
					...{ display: "flex", position: "relative", overflow: "hidden", width: CANVAS.width, height: CANVAS.height },
					...{ background: COLORS.canvas, borderTop: `1px solid ${COLORS.line}` },
				}}
			>
				{plan && plan.nodes.length > 0 && plan.nodes.length <= MAX_NODES ? (
					<Canvas drawing={drawStill(plan)} steps={run?.steps} />
				) : (
					<div style={{ display: "flex", margin: "auto", fontSize: 44, color: COLORS["ink-3"] }}>
						{plan ? `${plan.nodes.length} steps` : "Weft"}
					</div>
				)}
			</div>
		</div>
	);
}

function Status({ look }: { look: RunLook }) {
	const pill = {
		display: "flex",
		alignItems: "center",
		gap: 12,
		height: 56,
		padding: "0 24px 0 16px",
		borderRadius: 28,
	};
	return (
		<div style={{ ...pill, background: COLORS[`${look}-soft`], color: COLORS[look], fontSize: 28 }}>
			<StateShape look={look} size={32} />
			{RUN_LOOK_LABELS[look]}
		</div>
	);
}

function StateShape({ look, size }: { look: RunLook; size: number }) {
	const isFilled = ["completed", "failed", "cancelled", "timed-out"].includes(look);
	const disc = isFilled ? COLORS[look] : COLORS[`${look}-soft`];
	return (
		<svg width={size} height={size} viewBox="0 0 24 24" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
			{STATE_SHAPES[look].map(({ d, paint, strokeWidth = 2.25, strokeOpacity = 1 }) => (
				<path
					{...{ d, strokeWidth, strokeOpacity }}
					key={d}
					fill={paint === "disc" ? disc : "none"}
					stroke={paint === "glyph" && isFilled ? COLORS["on-state"] : COLORS[look]}
				/>
			))}
		</svg>
	);
}

interface CanvasProps {
	drawing: StillDrawing;
	steps: Readonly<Record<string, RunLook>> | undefined;
}

/** Boxes and edges are one picture, however many they are; names stand on it where they can be read. */
function Canvas({ drawing: { layout, edges, triggers }, steps }: CanvasProps) {
	const { bounds } = layout;
	const fitting = Math.min(
		(CANVAS.width - 2 * CANVAS.margin) / bounds.width,
		(CANVAS.height - 2 * CANVAS.margin) / bounds.height,
	);
	const scale = Math.min(1.5, fitting);
	const left = (CANVAS.width - bounds.width * scale) / 2 - bounds.x * scale;
	const top = (CANVAS.height - bounds.height * scale) / 2 - bounds.y * scale;
	const nodes = [...layout.nodes.values()].sort((a, b) => Number(b.look.container) - Number(a.look.container));
	const colorOf = (id: string) => steps && COLORS[steps[id] ?? "queued"];
	return (
		<div style={{ display: "flex", position: "absolute", left: 0, top: 0, width: CANVAS.width, height: CANVAS.height }}>
			<svg
				{...{ width: CANVAS.width, height: CANVAS.height }}
				viewBox={`${-left / scale} ${-top / scale} ${CANVAS.width / scale} ${CANVAS.height / scale}`}
				style={{ position: "absolute", left: 0, top: 0 }}
				aria-hidden="true"
			>
				{edges.map(({ id, points }) => (
					<path key={id} d={edgePath(points)} fill="none" stroke={COLORS.edge} strokeWidth={2} />
				))}
				{drawBox("trigger", layout.trigger.rect, { stroke: COLORS.accent, fill: COLORS["accent-soft"] })}
				{nodes.map(({ node, rect, look }) => {
					const stroke = colorOf(node.id) ?? COLORS["line-strong"];
					return drawBox(node.id, rect, { stroke, fill: look.container ? "none" : COLORS.panel });
				})}
			</svg>
			{scale >= LEAST_SCALE && (
				<Name
					rect={layout.trigger.rect}
					name={drawableText(triggers.map(({ title }) => title).join(", "), 24, "Trigger")}
					{...{ scale, left, top }}
				/>
			)}
			{scale >= LEAST_SCALE &&
				nodes.map(({ node, rect, look }) => (
					<Name
						key={node.id}
						rect={look.container ? { ...rect, height: CONTAINER.header } : rect}
						name={drawableText(look.title, 24, look.type)}
						{...{ scale, left, top }}
					/>
				))}
		</div>
	);
}

/** No component: inside of an SVG satori takes elements alone. */
function drawBox(key: string, { x, y, width, height }: NodeLayout["rect"], paint: { stroke: string; fill: string }) {
	return <rect key={key} {...{ x, y, width, height }} {...paint} rx={8} strokeWidth={2} />;
}

interface NameProps {
	/** In which the name stands. */
	rect: NodeLayout["rect"];
	name: string;
	scale: number;
	left: number;
	top: number;
}

function Name({ rect, name, scale, left, top }: NameProps) {
	return (
		<div
			style={{
				...{ display: "flex", alignItems: "center", position: "absolute", overflow: "hidden", fontSize: 15 * scale },
				...{ left: left + (rect.x + 14) * scale, top: top + rect.y * scale },
				...{ width: (rect.width - 28) * scale, height: rect.height * scale },
			}}
		>
			{name}
		</div>
	);
}
