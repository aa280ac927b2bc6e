import type { Shows } from "./shows";

/** A file may repeat what the run was started with, and pictures cannot be searched for it. */
export function showsFiles({ inputs, outputs }: Shows): boolean {
	return inputs && outputs;
}
