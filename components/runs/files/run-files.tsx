"use client";

import { Download } from "lucide-react";
import { PanelSection } from "@/components/ui/panel-section";
import { nameOfNode } from "@/server/plan/graph/index-plan";
import type { StepState } from "@/server/runs/state";
import { iterationName } from "../iteration-name";
import type { RunFile } from "../run-reader";
import type { RunScreen } from "../use-run-screen";
import { FileRows } from "./file-rows";
import { useFiles } from "./use-files";

/** All files of a run, in a part of its panel; nothing where there is none. */
export function RunFiles({ screen }: { screen: RunScreen }) {
	const files = useFiles(screen);
	if (!files || files.length === 0) return null;
	return (
		<PanelSection title="Files" end={String(files.length)}>
			<AllFiles screen={screen} files={files} />
		</PanelSection>
	);
}

/** The same, with the way to save them all. */
export function AllFiles({ screen, files }: { screen: RunScreen; files: readonly RunFile[] }) {
	const { drawing, reader } = screen;
	const noteOf = ({ nodeId, iteration }: RunFile) =>
		nodeId === ""
			? "sent with the request"
			: [nameOfNode(drawing.graph, nodeId), iterationName(iteration)].filter(Boolean).join(" ");
	return (
		<>
			<FileRows files={files} reader={reader} noteOf={noteOf} />
			{files.length > 1 && (
				<a
					className="mx-4 mb-3 flex items-center gap-1.5 text-12 text-ink-2 hover:text-ink phone:h-11"
					href={reader.archiveAddress}
					download
				>
					<Download aria-hidden="true" className="size-3.5" />
					Download all
				</a>
			)}
		</>
	);
}

/** The files of one execution of a step, the latest attempt's first; nothing where there is none. */
export function StepFiles({ screen, step }: { screen: RunScreen; step: StepState }) {
	const files = useFiles(screen)?.filter(({ nodeId, iteration }) => {
		return nodeId === step.nodeId && iteration === step.iteration;
	});
	if (!files || files.length === 0) return null;
	const latest = files[0]?.attempt;
	const noteOf = ({ attempt }: RunFile) => (attempt === latest ? undefined : `attempt ${attempt}`);
	return (
		<PanelSection title="Files" end={String(files.length)}>
			<FileRows files={files} reader={screen.reader} noteOf={noteOf} />
		</PanelSection>
	);
}
