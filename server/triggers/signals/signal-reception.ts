import type { Reception } from "../hooks/hook-kind";

/** Of triggers that no request reaches. */
export function signalReception(dedupeHours: number): Reception {
	return {
		methods: [],
		maxMegabytes: 1,
		perMinute: 0,
		origins: [],
		signature: { preset: "none", algorithm: "sha256", encoding: "hex", prefix: "" },
		secrets: [],
		answer: "at-once",
		dedupeHours,
	};
}
