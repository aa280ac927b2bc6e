import { z } from "zod";

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
