import type { Issue } from "../issue";
import { parsePlan } from "../parse-plan";
import type { Plan } from "../plan";
import { slugify } from "../slugify";
import { readStageFile } from "../stages/stage-file";
import type { StagePlace } from "../stages/stage-outline";
import type { LibraryPrompt } from "../stages/stage-prompts";
import { stagesToPlan } from "../stages/stages-to-plan";
import { locateIssue, type YamlSource } from "./locate-yaml";
import type { YamlProblem } from "./yaml-problem";

/** What was left out or is another way than the file says, with the place in words and in the text. */
export interface ImportNote {
	line: number;
	column: number;
	/** The keys that lead there: `stageConfigs.plan.role`. */
	place: string;
	message: string;
}

type StagesAsWorkflow =
	| {
			file: { slug: string; name: string; description: string; plan: Plan };
			locate(issue: Issue): { line: number; column: number };
			notes: ImportNote[];
			problems?: undefined;
	  }
	| { file?: undefined; locate?: undefined; notes?: undefined; problems: [YamlProblem, ...YamlProblem[]] };

/** A file of stages as a workflow, with what has no counterpart; each problem and each note with its place. */
export function readStages(
	source: YamlSource,
	file: Readonly<Record<string, unknown>>,
	library: readonly LibraryPrompt[] | undefined,
): StagesAsWorkflow {
	const at = (path: string) => locateIssue(source, { field: path, code: "" });
	const place = ({ path, message }: StagePlace) => ({ ...at(path), message });
	const read = readStageFile(file);
	if (read.problems) {
		const [first, ...others] = read.problems;
		return { problems: [place(first), ...others.map(place)] };
	}
	const { plan: made, places, notes } = stagesToPlan(read.file, library);
	const { plan, issues = [] } = parsePlan(made);
	const [issue] = issues;
	if (!plan)
		return {
			problems: [
				{ ...at(places.get(issue?.nodeId ?? "") ?? ""), message: issue?.message ?? "The file contains no workflow." },
			],
		};
	const { id, name = id ?? "Imported stages", description } = read.file.head;
	return {
		file: { slug: slugify(id ?? name, "workflow"), name, description, plan },
		locate: ({ nodeId }) => at((nodeId === undefined ? undefined : places.get(nodeId)) ?? ""),
		notes: [...read.notes, ...notes]
			.map((note) => ({ ...place(note), place: note.path }))
			.sort((a, b) => a.line - b.line || a.column - b.column),
	};
}
