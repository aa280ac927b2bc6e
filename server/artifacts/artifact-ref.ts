import { z } from "zod";

/** A text up to this size is searched for what must not be shown: it is in memory as a whole. */
export const SEARCHED_BYTES = 10_000_000;

export const ARTIFACT_KINDS = ["screenshot", "log", "session", "test-report", "build", "document", "other"] as const;
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number];

/** A file as steps hand it on: by reference, so that the bytes stay in the storage until somebody reads them. */
export const artifactRefSchema = z.object({
	id: z.string().meta({ label: "Id" }),
	name: z.string().meta({ label: "Name", help: "With slashes where it lay in a folder." }),
	type: z.string().meta({ label: "MIME type" }),
	size: z.number().meta({ label: "Bytes" }),
	kind: z.enum(ARTIFACT_KINDS).meta({ label: "Kind" }),
});
export type ArtifactRef = z.infer<typeof artifactRefSchema>;

const UNITS = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** `1.4 MB`: a size as people read it. */
export function describeSize(bytes: number): string {
	const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
	const value = bytes / 1000 ** power;
	return `${value >= 100 || power === 0 ? Math.round(value) : Math.round(value * 10) / 10} ${UNITS[power]}`;
}
