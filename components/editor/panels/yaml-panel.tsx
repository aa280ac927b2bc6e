"use client";

import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { type LargePart, usePart } from "@/components/ui/hooks/use-part";
import { useStoredSize } from "@/components/ui/hooks/use-stored-size";
import { ErrorRow } from "@/components/ui/list-states";
import { ResizeHandle } from "@/components/ui/resize-handle";
import { Skeleton } from "@/components/ui/skeleton";
import type { YamlDraftEditorProps } from "./yaml/yaml-draft-editor";

const WIDTH = { start: 600, min: 360, max: () => Math.floor(innerWidth / 2) };

/** The text editor is large: it is loaded with the first YAML that is looked at. */
const yamlDraftEditor: LargePart<YamlDraftEditorProps> = {
	load: () => import("./yaml/yaml-draft-editor").then((module) => module.YamlDraftEditor),
};

/** The YAML beside the canvas, as wide as this browser remembers. */
export function YamlPanel(props: YamlDraftEditorProps) {
	const [width, setWidth] = useStoredSize("yaml", WIDTH);
	const isPhone = useIsPhone();
	return (
		<aside
			className="relative min-h-0 min-w-0 flex-none border-line border-l bg-panel phone:fixed phone:inset-x-0 phone:top-12 phone:bottom-0 phone:z-30"
			style={isPhone ? undefined : { width: `min(${width}px, 50vw)` }}
		>
			{!isPhone && <ResizeHandle label="Width of the YAML" edge="left" size={width} onResize={setWidth} />}
			<LoadedEditor {...props} />
		</aside>
	);
}

function LoadedEditor(props: YamlDraftEditorProps) {
	const editor = usePart(yamlDraftEditor);
	switch (editor.status) {
		case "loaded":
			return <editor.Part {...props} />;
		case "failed":
			return <ErrorRow onRetry={editor.retry}>The text editor could not be loaded. Are you offline?</ErrorRow>;
		case "loading":
			return (
				<div role="status" aria-label="Loading the YAML" className="grid gap-3 p-4">
					<Skeleton className="w-60" />
					<Skeleton className="w-40" />
					<Skeleton className="w-52" />
				</div>
			);
	}
}
