import { z } from "zod";
import { defineKind } from "../notification-kind";

export const templateDecision = defineKind({
	title: "Templates you published",
	description: "An administrator approves or declines a template that you published for everybody.",
	icon: "layout-template",
	data: z.object({
		slug: z.string(),
		name: z.string(),
		version: z.int(),
		verdict: z.enum(["approved", "declined"]),
	}),
	isCounted: false,
	isForStrangers: false,
	isMailed: true,
	mailAfterSeconds: 60,
	describe({ data: { name, version, verdict } }) {
		const what = `Version ${version} of ${name}`;
		return verdict === "approved" ? `${what} was approved: everybody sees it` : `${what} was declined for everybody`;
	},
	excerpt: ({ data: { verdict } }) =>
		verdict === "declined"
			? "Your team keeps it. Ask an administrator why, change it, then publish it again."
			: undefined,
	path: ({ data, team }) => `/${team.slug}/templates/${data.slug}`,
});
