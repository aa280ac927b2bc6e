import type { ArtifactRef } from "../artifacts/artifact-ref";
import { describeSize } from "../artifacts/artifact-ref";
import { FatalError } from "../errors";
import type { Json } from "../plan/values/json";
import type { HandedFile, LeftFiles } from "../runners/runner";
import type { ExecuteContext } from "./execute-context";

export interface KeptFiles {
	/** In the order of their names; empty if there were none. */
	artifacts: ArtifactRef[];
	/** Why one that was left could not be kept. */
	failure?: FatalError;
}

/** Keeps what a program left in its folder: what cannot be kept keeps no other from it, and stands in the step's log. */
export async function keepLeftFiles(context: ExecuteContext, { files, refused }: LeftFiles): Promise<KeptFiles> {
	const kept: KeptFiles = { artifacts: [] };
	for (const { name, reason } of refused) context.log("warn", `${JSON.stringify(name)} ${reason}.\n`);
	for (const file of files) {
		try {
			kept.artifacts.push(await context.artifacts.add(file));
		} catch (error) {
			if (!(error instanceof FatalError)) throw error;
			context.log("error", `${error.message}\n`);
			kept.failure ??= error;
		}
	}
	return kept;
}

/** The files that a step asks for, under names of which there is one each. */
export async function handFiles(context: ExecuteContext, value: Json): Promise<HandedFile[]> {
	const found = await context.artifacts.find(value);
	const names = new Set<string>();
	return found.map(({ name, size, open }) => {
		const free = findFreeName(name, names);
		names.add(free);
		context.log("info", `${free} (${describeSize(size)}) is in $WEFT_FILES.\n`);
		return { name: free, open };
	});
}

/** `report.txt`, `report-2.txt`, …: steps of a for-each leave files of one name. */
function findFreeName(name: string, taken: ReadonlySet<string>): string {
	const dot = name.lastIndexOf(".");
	const end = dot > name.lastIndexOf("/") + 1 ? dot : name.length;
	let free = name;
	for (let count = 2; taken.has(free); count++) free = `${name.slice(0, end)}-${count}${name.slice(end)}`;
	return free;
}
