import Link from "next/link";
import { definitionOf } from "@/server/nodes/catalog";
import type { Plan } from "@/server/plan/plan";
import { NodeIcon } from "../canvas/nodes/node-icon";
import { IconTile } from "../ui/icon-tile";
import { PlanThumbnail } from "../workflows/list/plan-thumbnail";
import type { GalleryItem } from "./gallery-data";
import { Publisher } from "./publisher";

/** Icons beyond these say nothing more. */
const MOST_KINDS = 6;

export function TemplateCard({ base, item }: { base: string; item: GalleryItem }) {
	const { slug, name, description, plan, publisher, uses } = item;
	return (
		<li className="relative flex min-w-0 flex-col overflow-hidden rounded-3 border border-line bg-panel shadow-1 transition-[border-color,box-shadow] focus-within:border-line-strong hover:border-line-strong hover:shadow-2">
			<div className="border-line border-b bg-[radial-gradient(circle_at_1px_1px,var(--canvas-dot)_1px,transparent_1.2px)] bg-[size:16px_16px] bg-canvas">
				<PlanThumbnail plan={plan} className="h-[136px]" />
			</div>
			<div className="flex flex-1 flex-col p-3">
				<div className="flex items-baseline gap-3">
					<h2 className="min-w-0 flex-1 truncate text-13">
						<Link href={`${base}/${slug}`} className="after:absolute after:inset-0">
							{name}
						</Link>
					</h2>
					<span className="flex-none text-12 text-ink-3 tabular-nums">{countSteps(plan)}</span>
				</div>
				<p className="mt-0.5 mb-2 line-clamp-2 flex-1 text-12 text-ink-2">{description}</p>
				<div className="flex items-center gap-1">
					<Publisher name={publisher} />
					{uses > 0 && (
						<span className="flex-none text-12 text-ink-3 tabular-nums">
							<span aria-hidden="true">· </span>
							{uses === 1 ? "1 use" : `${uses} uses`}
						</span>
					)}
					<span className="ml-auto flex gap-1" aria-hidden="true">
						{kindsOf(plan).map(({ icon, category }) => (
							<IconTile key={icon} category={category} size="small">
								<NodeIcon name={icon} />
							</IconTile>
						))}
					</span>
				</div>
			</div>
		</li>
	);
}

function countSteps({ nodes }: Plan): string {
	return nodes.length === 1 ? "1 step" : `${nodes.length} steps`;
}

/** The types of its steps, each once, in their order. */
function kindsOf({ nodes }: Plan) {
	const types = [...new Set(nodes.map(({ type }) => type))];
	return types.flatMap((type) => definitionOf(type) ?? []).slice(0, MOST_KINDS);
}
