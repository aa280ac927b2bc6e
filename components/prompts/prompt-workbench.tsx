"use client";

import { useState } from "react";
import { useWhyNot } from "../shell/why-not";
import { Button } from "../ui/button";
import { Badge } from "../ui/chip";
import { type LargePart, LazyPart } from "../ui/lazy-part";
import { SkeletonRows } from "../ui/skeleton";
import { Tab, TabList, TabPanel, Tabs } from "../ui/tabs";
import { PromptBar } from "./prompt-bar";
import { PromptCases } from "./prompt-cases";
import { PromptChanges } from "./prompt-changes";
import type { PromptCodeProps } from "./prompt-code";
import { PromptPreview } from "./prompt-preview";
import { PromptSamples } from "./prompt-samples";
import { PromptTest } from "./prompt-test";
import { PromptUsers } from "./prompt-users";
import { PromptVersions } from "./prompt-versions";
import { usePromptCases } from "./use-prompt-cases";
import { usePromptTest } from "./use-prompt-test";
import { type Prompt, usePromptWork } from "./use-prompt-work";

const code: LargePart<PromptCodeProps> = {
	load: () => import("./prompt-code").then((module) => module.PromptCode),
	name: "The text editor",
};

/** The text with its variables at the left; at the right what it becomes, a test, and its versions. */
export function PromptWorkbench({ team, prompt }: { team: string; prompt: Prompt }) {
	const work = usePromptWork(team, prompt);
	const test = usePromptTest(team);
	const tests = usePromptCases({ team, prompt: prompt.name, text: work.text, choice: test.choice });
	const whyNot = useWhyNot("prompt:edit");
	const [tab, setTab] = useState("edit");
	const [saving, setSaving] = useState(false);
	const [compared, setCompared] = useState<number>();
	const compare = (version: number) => {
		setCompared(version);
		setTab("changes");
	};
	const save = () => setSaving(work.isChanged && whyNot === undefined);
	return (
		<div className="flex min-w-0 flex-1 flex-col">
			<PromptBar
				{...{ team, prompt, work, test, tests, saving }}
				onSaving={(next) => (next ? save() : setSaving(false))}
			/>
			{work.isChanged && work.base !== prompt.version && (
				<p
					role="status"
					className="flex flex-wrap items-center gap-2 border-line border-b bg-retrying-soft px-4 py-2 text-12"
				>
					{`Version ${prompt.version} was saved since you began with version ${work.base}.`}
					<Button onClick={() => compare(prompt.version)}>Compare</Button>
					<Button onClick={work.rebase}>{`Save mine after v${prompt.version}`}</Button>
					<Button onClick={work.drop}>Drop my draft</Button>
				</p>
			)}
			<div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)_392px] phone:block phone:overflow-y-auto">
				<div className="flex min-h-0 min-w-0 flex-col">
					<Tabs value={tab} onValueChange={setTab} className="min-h-0 flex-1">
						<TabList
							aria-label="The prompt"
							end={<span className="text-12 text-ink-3 phone:hidden">Handlebars, Markdown</span>}
						>
							<Tab value="edit">Edit</Tab>
							<Tab value="cases">Cases {tests.cases.length > 0 && <Badge>{tests.cases.length}</Badge>}</Tab>
							<Tab value="changes">Changes</Tab>
							<Tab value="users">Used by {prompt.usedBy.length > 0 && <Badge>{prompt.usedBy.length}</Badge>}</Tab>
						</TabList>
						<TabPanel value="edit" className="flex flex-col overflow-hidden bg-panel phone:h-[44dvh] phone:flex-none">
							<LazyPart
								part={code}
								loading={<SkeletonRows rows={10} rowClassName="h-5" label="Loading the text" />}
								props={{
									name: prompt.name,
									text: work.text,
									version: work.shown,
									saved: prompt.shown.text,
									problems: work.problems,
									isReadOnly: whyNot !== undefined,
									onChange: work.write,
									onSave: save,
								}}
							/>
						</TabPanel>
						<TabPanel value="cases" className="overflow-hidden phone:min-h-60 phone:flex-none">
							<PromptCases {...{ team, prompt, work, tests }} />
						</TabPanel>
						<TabPanel value="changes" className="overflow-hidden phone:h-[60dvh] phone:flex-none">
							<PromptChanges {...{ team, prompt, work, compared }} onCompare={setCompared} />
						</TabPanel>
						<TabPanel value="users" className="overflow-y-auto">
							<PromptUsers team={team} users={prompt.usedBy} />
						</TabPanel>
					</Tabs>
					{tab === "edit" && <PromptSamples team={team} prompt={prompt.name} work={work} />}
				</div>
				<div className="flex min-h-0 min-w-0 flex-col overflow-y-auto border-line border-l phone:border-t phone:border-l-0">
					<PromptPreview work={work} />
					<PromptTest test={test} />
					<PromptVersions prompt={prompt} onCompare={compare} />
				</div>
			</div>
		</div>
	);
}
