import type { Json } from "@/server/plan/values/json";
import { truncationOf } from "@/server/plan/values/truncated-value";

/** What to say of the texts in a program's output that were too long to be handed on: one sentence for each. */
export function describeTruncation(output: Json | undefined): string[] {
	return ["stdout", "stderr"].flatMap((name) => {
		const truncation = truncationOf(output, name);
		if (truncation === undefined) return [];
		const { bytes, file, isWhole } = truncation;
		const megabytes = (bytes / 1_000_000).toLocaleString("en-US", { maximumFractionDigits: 1 });
		const place = isWhole ? `The whole is in ${file}` : `Its beginning is in ${file}`;
		return [`${name} is too long to hand on (${megabytes} MB). ${place}, until the run ends.`];
	});
}
