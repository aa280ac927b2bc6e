"use client";

import { Avatar } from "../ui/avatar";
import { PanelSection } from "../ui/panel-section";
import { RelativeTime } from "../ui/relative-time";
import type { Prompt } from "./use-prompt-work";

interface PromptVersionsProps {
	prompt: Prompt;
	/** Shows what has changed since a version. */
	onCompare: (version: number) => void;
}

export function PromptVersions({ prompt, onCompare }: PromptVersionsProps) {
	return (
		<PanelSection title="Versions" end={prompt.version}>
			<ul aria-label="Versions">
				{prompt.versions.map(({ version, note, savedAt, savedBy }) => (
					<li key={version} className="border-line-soft border-t">
						<button
							type="button"
							aria-label={`Compare with version ${version}${note ? `, ${note}` : ""}`}
							className="grid min-h-8 w-full grid-cols-[36px_minmax(0,1fr)_auto] items-center gap-2 px-4 text-left text-12 hover:bg-fill phone:min-h-11"
							onClick={() => onCompare(version)}
						>
							<b className="font-medium tabular-nums">v{version}</b>
							<span className="truncate text-ink-2">{note || (version === 1 ? "First version" : "")}</span>
							<span className="flex items-center gap-1.5 text-ink-3">
								{savedBy !== null && <Avatar name={savedBy} size="small" />}
								<RelativeTime at={savedAt} />
							</span>
						</button>
					</li>
				))}
			</ul>
		</PanelSection>
	);
}
