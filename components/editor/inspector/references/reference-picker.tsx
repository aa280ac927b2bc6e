"use client";

import { GripVertical, PanelLeftClose } from "lucide-react";
import { useMemo, useState } from "react";
import { SearchInput } from "@/components/ui/forms/search-input";
import { IconButton } from "@/components/ui/icon-button";
import { useEditor } from "../../editor-store";
import { useInspector, useInspectorUi } from "../inspector-context";
import { useNodeId } from "../node-fields";
import { LastRun } from "../try/last-run";
import { listReferences } from "./list-references";
import { ReferenceTree } from "./reference-tree";

/** Everything that a reference in this step can name, with the values of the last run. Lies over a canvas that has no room. */
export function ReferencePicker() {
	const { known } = useInspector();
	const nodeId = useNodeId();
	const plan = useEditor((state) => state.plan);
	const target = useInspectorUi((state) => state.target);
	const setPicking = useInspectorUi((state) => state.setPicking);
	const [query, setQuery] = useState("");
	const inside = target?.inside ?? false;
	const groups = useMemo(() => listReferences({ plan, nodeId, inside }, known), [plan, nodeId, inside, known]);
	return (
		<aside
			aria-label="References"
			className="flex min-h-0 w-68 flex-none flex-col border-line border-l bg-page max-[1680px]:absolute max-[1680px]:inset-y-0 max-[1680px]:right-full max-[1680px]:z-20 max-[1680px]:shadow-2"
		>
			<header className="flex h-14 flex-none items-center gap-2 pr-2 pl-3">
				<div className="min-w-0 flex-1">
					<h2>References</h2>
					<p className="truncate text-12 text-ink-3">
						<LastRun before="Values of" />
					</p>
				</div>
				<IconButton label="Close the references" size="panel" onClick={() => setPicking(false)}>
					<PanelLeftClose />
				</IconButton>
			</header>
			<div className="border-line border-b px-3 pb-2">
				<SearchInput label="Find a value" value={query} onSearch={setQuery} />
			</div>
			<ReferenceTree groups={groups} query={query.trim().toLowerCase()} />
			<footer className="flex h-11 flex-none items-center gap-2 border-line border-t px-3 text-12 text-ink-3">
				<GripVertical aria-hidden="true" className="size-3.5 flex-none" />
				<span className="truncate">{target ? `Insert goes into ${target.label}` : "Drag a value into any field"}</span>
			</footer>
		</aside>
	);
}
