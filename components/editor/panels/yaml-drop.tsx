"use client";

import { FileUp } from "lucide-react";
import { showError } from "@/components/ui/toasts/toaster";
import { useYamlDrop } from "@/components/workflows/yaml/use-yaml-drop";
import { readYamlFile } from "@/components/workflows/yaml/yaml-file";

interface YamlDropProps {
	/** The text of a file that was dropped. Nothing of it is applied yet. */
	onText: (text: string) => void;
}

/** Takes a `.workflow.yml` dropped anywhere on the page, and says so while one hovers over it. */
export function YamlDrop({ onText }: YamlDropProps) {
	const isHovering = useYamlDrop({
		onFile: (file) => void readYamlFile(file).then(onText, (error: Error) => showError(error.message)),
		// What is pasted here is for the canvas.
		onText: () => {},
	});
	if (!isHovering) return null;
	return (
		<div className="pointer-events-none fixed inset-0 z-50 grid place-items-center bg-(--scrim)">
			<div className="flex items-center gap-3 rounded-4 border border-accent-line bg-panel px-6 py-5 shadow-3">
				<FileUp aria-hidden="true" className="size-5 text-accent" />
				<span>
					<strong className="block font-medium">Drop the file to open it as YAML</strong>
					<span className="block text-12 text-ink-3">You see what would change, then apply it or not.</span>
				</span>
			</div>
		</div>
	);
}
