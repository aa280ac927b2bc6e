import { z } from "zod";
import { defineKind } from "../notification-kind";

export const templateReview = defineKind({
	title: "Templates to approve",
	description: "A team asks to have a template shown to everybody on this server, which you administer.",
	icon: "layout-template",
	data: z.object({ templateId: z.string(), slug: z.string(), name: z.string(), version: z.int() }),
	settled: "Decided or unpublished",
	isCounted: false,
	isForStrangers: true,
	isForAdministrators: true,
	isMailed: true,
	mailAfterSeconds: 60,
	describe: ({ data, team }) => `${team.name} asks you to show version ${data.version} of ${data.name} to everybody`,
	// Leads members of any team to the page in the one that they saw last.
	path: ({ data }) => `/templates/${data.slug}`,
});
