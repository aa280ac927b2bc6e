"use client";

import { Copy, Download } from "lucide-react";
import { Button } from "../ui/button";
import { copyText } from "../ui/copy-text";
import { downloadText } from "../workflows/yaml/download-text";

/** Hands out a template as text, or as the file that the import takes. */
export function YamlButtons({ slug, yaml }: { slug: string; yaml: string }) {
	return (
		<>
			<Button intent="ghost" onClick={() => void copyText(yaml, "The YAML")}>
				<Copy />
				Copy YAML
			</Button>
			<Button
				intent="ghost"
				className="phone:hidden"
				onClick={() => downloadText(`${slug}.workflow.yml`, yaml, "application/yaml")}
			>
				<Download />
				Download
			</Button>
		</>
	);
}
