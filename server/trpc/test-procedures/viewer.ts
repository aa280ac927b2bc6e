import type { TestProcedures } from "./test-procedure";
import { FITS } from "./test-values";

export const viewerProcedures = {
	me: {
		request: () => ({}),
		worst: FITS,
	},
	watch: {
		request: () => ({}),
		worst: FITS,
	},
} satisfies TestProcedures<"viewer">;
