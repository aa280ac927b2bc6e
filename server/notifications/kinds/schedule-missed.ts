import { z } from "zod";
import { defineKind } from "../notification-kind";

export const scheduleMissed = defineKind({
	title: "Missed schedules",
	description: "A workflow that you published did not start when its schedule said, or its schedule has paused itself.",
	icon: "calendar-x",
	data: z.object({
		/** The workflow: such a notification is about no run. */
		name: z.string(),
		/** Why the last of them did not start. */
		excerpt: z.string(),
	}),
	isCounted: true,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 120,
	describe({ count, data }) {
		const often = count === 1 ? "" : `, ${count} times within the hour`;
		return `${data.name} did not start as its schedule says${often}`;
	},
	excerpt: ({ data }) => data.excerpt,
	path: ({ team }) => `/${team.slug}/schedules`,
});
