import type { Truncation } from "../plan/values/truncated-value";
import type { ExecResult } from "../runners/runner";
import type { ProgramStreams } from "./program-fields";
import { TextTail } from "./text-tail";

/** A stream that is longer, as JSON, is written to a file instead of the output. Two of this length fit into an output. */
export const KEPT_BYTES = 950_000;
const END_LENGTH = 65_536;
const STREAMS = ["stdout", "stderr"] as const;

/** Collects the output of a program: each stream whole up to 1 MB, of longer ones only the end. */
export class OutputCollector {
	private readonly texts = { stdout: new TextTail(KEPT_BYTES), stderr: new TextTail(KEPT_BYTES) };

	append(stream: "stdout" | "stderr", text: string): void {
		this.texts[stream].append(text);
	}

	/** A stream that overflowed is left out of the values, so that no part of it passes as the whole. */
	finish(result: ExecResult): ProgramStreams {
		const truncated: Partial<Record<(typeof STREAMS)[number], Truncation>> = {};
		const streams: Partial<Record<(typeof STREAMS)[number], string>> = {};
		for (const stream of STREAMS) {
			this.texts[stream].append(result.droppedTail[stream]);
			const overflow = result.overflow[stream];
			if (overflow === undefined) streams[stream] = this.texts[stream].toString();
			else truncated[stream] = { ...overflow, end: this.end(stream) };
		}
		return Object.keys(truncated).length > 0 ? { ...streams, truncated } : streams;
	}

	/** The end of each stream, for a person. */
	ends(): { stdout: string; stderr: string } {
		return { stdout: this.end("stdout"), stderr: this.end("stderr") };
	}

	private end(stream: "stdout" | "stderr"): string {
		const text = this.texts[stream].toString();
		const end = text.slice(Math.max(0, text.length - END_LENGTH));
		return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
	}
}
