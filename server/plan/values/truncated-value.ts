import { z } from "zod";

/** How the output of a program marks a text that was too long to be handed on, in the place of the text. */
export const truncationSchema = z.object({
	/** The end of the text, at most 64 KB. */
	end: z.string().meta({ label: "End" }),
	bytes: z.int().meta({ label: "Length in bytes" }),
	file: z.string().meta({ label: "File with the whole", help: "The steps of this run can read it." }),
	/** False when the file ends before the text did: at 1 GB, or where the disk was full. */
	isWhole: z.boolean().meta({ label: "The file holds all of it" }),
});
export type Truncation = z.infer<typeof truncationSchema>;

/** What is known of a text that `parent` would have under this name; undefined when it has it, or never had. */
export function truncationOf(parent: unknown, name: string): Truncation | undefined {
	if (typeof parent !== "object" || parent === null || Object.hasOwn(parent, name)) return undefined;
	const marks: unknown = Object.hasOwn(parent, "truncated") ? Reflect.get(parent, "truncated") : undefined;
	if (typeof marks !== "object" || marks === null || !Object.hasOwn(marks, name)) return undefined;
	return truncationSchema.safeParse(Reflect.get(marks, name)).data;
}

/** A reference to such a text. */
export class TruncatedValueError extends Error {
	override readonly name = "TruncatedValueError";
	constructor(path: string, { bytes, file, isWhole }: Truncation) {
		const megabytes = Math.max(0.1, Math.round(bytes / 100_000) / 10);
		const rest = isWhole ? "The whole is" : "Its beginning is";
		super(
			`${path} is cut: it has ${megabytes} MB, and about 1 MB is handed on at most. ${rest} in the file ${file}: read it there, in a step of this run.`,
		);
	}
}
