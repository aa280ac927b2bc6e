"use client";

import { useIsPhone } from "@/components/ui/hooks/use-is-phone";
import { useStoredSize } from "@/components/ui/hooks/use-stored-size";
import { type LargePart, LazyPart } from "@/components/ui/lazy-part";
import { ResizeHandle } from "@/components/ui/resize-handle";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { YamlDraftEditorProps } from "./yaml/yaml-draft-editor";

const WIDTH = { start: 600, min: 360, max: () => Math.floor(innerWidth / 2) };

/** The text editor is large: it is loaded with the first YAML that is looked at. */
const yamlDraftEditor: LargePart<YamlDraftEditorProps> = {
	load: () => import("./yaml/yaml-draft-editor").then((module) => module.YamlDraftEditor),
	name: "The text editor",
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
			<LazyPart part={yamlDraftEditor} props={props} loading={<SkeletonRows rows={8} label="Loading the YAML" />} />
		</aside>
	);
}
