import type { ArtifactRef } from "./artifact-ref";

/** A file whose bytes are stored, and that becomes an artifact when it is recorded. */
export interface StoredFile extends ArtifactRef {
	sha256: string;
	storageKey: string;
}

/** The step's attempt that a file belongs to. */
export interface FilePlace {
	teamId: string;
	runId: string;
	/** Empty for a file of the run's trigger. */
	nodeId: string;
	iteration: string;
	attempt: number;
	/** The claim under which the attempt runs: one that was taken over since leaves nothing. */
	claim?: number;
}
