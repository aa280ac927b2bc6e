import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { oncePerProcess } from "@/server/once-per-process";
import type { WorkflowFile } from "@/server/plan/yaml/plan-yaml";
import { readWorkflowFile } from "@/server/workflows/read-workflow-file";
import { type SampleRun, sampleRunSchema } from "./sample-run";
import { type TemplateFile, templateFileSchema } from "./template-file";

/** Web, worker and command line go to the project's folder, where the files stay whatever is bundled. */
export const shippedFolder = () => join(process.cwd(), "server/templates/shipped");

/** A template that comes with Weft: a folder with its plan, its description and a recorded run. */
export interface ShippedTemplate extends TemplateFile, Omit<WorkflowFile, "slug"> {
	slug: string;
	/** The text of its plan. */
	yaml: string;
	sampleRun: SampleRun | null;
}

/** The templates that come with Weft, by slug. Throws when the files of one are damaged. */
export function readShippedTemplates(): Promise<ReadonlyMap<string, ShippedTemplate>> {
	return oncePerProcess("shipped-templates", readAll);
}

async function readAll(): Promise<ReadonlyMap<string, ShippedTemplate>> {
	const entries = await readdir(shippedFolder(), { withFileTypes: true });
	const slugs = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
	const templates = await Promise.all(slugs.sort().map(readTemplate));
	return new Map(templates.map((template) => [template.slug, template]));
}

async function readTemplate(slug: string): Promise<ShippedTemplate> {
	const read = (file: string) => readFile(join(shippedFolder(), slug, file), "utf8");
	const [yaml, about, run] = await Promise.all([read("workflow.yml"), read("template.yml"), readRun(slug)]);
	const file = await readWorkflowFile(yaml);
	const described = templateFileSchema.safeParse(parse(about));
	if (!described.success) throw new Error(`template.yml of ${slug}: ${z.prettifyError(described.error)}`);
	return { ...described.data, ...file, slug, yaml, sampleRun: run };
}

/** Null before its first run was recorded. */
async function readRun(slug: string): Promise<SampleRun | null> {
	try {
		return sampleRunSchema.parse(JSON.parse(await readFile(join(shippedFolder(), slug, "sample-run.json"), "utf8")));
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
		throw error;
	}
}
