import { z } from "zod";
import { artifactRefSchema } from "@/server/artifacts/artifact-ref";
import { jsonSchema } from "@/server/plan/values/json";
import { defineNode } from "../../plan/node-definition";
import { summarizeText } from "../summary-text";

const ACTIONS = ["read", "write", "list", "glob", "copy", "move", "delete"] as const;
type Action = (typeof ACTIONS)[number];
type Values = Readonly<Record<string, unknown>>;

const isOf =
	(...actions: Action[]) =>
	({ action = "read" }: Values) =>
		actions.some((each) => each === action);

const isText = ({ contentType = "text" }: Values) => contentType === "text";
const isNamed = isOf("read", "write", "copy", "move", "delete");
const hasTarget = isOf("copy", "move");

const pathSchema = z
	.string()
	.max(4_096)
	.refine((path) => !path.includes("\0") && !path.startsWith("/") && !path.split("/").includes(".."), {
		message: "Write a path inside the workspace, such as out/data.json",
	});

const patternSchema = z
	.string()
	.min(1)
	.max(1_000)
	.refine((pattern) => !/^!?\/|\0/.test(pattern) && !pattern.split("/").includes(".."), {
		message: "Write a pattern for paths inside the workspace, such as src/**/*.ts",
	});

const configSchema = z
	.strictObject({
		action: z.enum(ACTIONS).default("read").meta({
			label: "Action",
			help: "Of the files of the run's workspace. Glob finds files by patterns.",
			widget: "select",
		}),
		path: pathSchema.optional().meta({
			label: "Path",
			help: "In the workspace. To list or glob: the folder to begin in; empty means the whole workspace.",
			placeholder: "out/report.json",
			requiredWhen: isNamed,
		}),
		to: pathSchema.optional().meta({
			label: "New path",
			help: "Folders that are missing on the way are made.",
			placeholder: "archive/report.json",
			visibleWhen: hasTarget,
			requiredWhen: hasTarget,
		}),
		patterns: z
			.array(patternSchema)
			.max(100)
			.default([])
			.meta({
				label: "Patterns",
				help: "* stands for any name, ** for any number of folders, ? for one character; a ! in front leaves out. Folders named .git are not looked into.",
				placeholder: "**/*.md, !node_modules/**",
				visibleWhen: isOf("glob"),
				requiredWhen: isOf("glob"),
			}),
		readAs: z
			.enum(["auto", "text", "json", "file"])
			.default("auto")
			.meta({
				label: "Read as",
				help: "Text and JSON up to 1 MB are handed on as values. A file becomes a file of the run, which other steps take by {{ steps.read.output.artifact }}. Auto: text, or a file where it is binary or larger.",
				widget: "select",
				visibleWhen: isOf("read"),
			}),
		contentType: z
			.enum(["text", "json", "file"])
			.default("text")
			.meta({
				label: "Write",
				help: "Text as it is, any value as JSON, or a file of an earlier step.",
				widget: "select",
				visibleWhen: isOf("write"),
			}),
		content: jsonSchema.optional().meta({
			label: "Content",
			help: "Text, a value, or a file such as {{ steps.build.output.artifacts.0 }}. Text that is left out makes an empty file.",
			widget: "json",
			shownAs: (values) => (isText(values) ? { widget: "textarea" } : {}),
			visibleWhen: isOf("write"),
			requiredWhen: (values) => isOf("write")(values) && !isText(values),
		}),
		ifExists: z
			.enum(["replace", "fail"])
			.default("replace")
			.meta({
				label: "If there is something already",
				help: "Replace takes the place of files; a folder that is copied over another one is added to it.",
				widget: "select",
				visibleWhen: isOf("write", "copy", "move"),
			}),
		recursive: z
			.boolean()
			.default(false)
			.meta({ label: "Folders inside, too", visibleWhen: isOf("list") }),
	})
	.superRefine((config, context) => {
		const want = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
		if (isNamed(config) && !config.path) want("path", "Enter a path in the workspace, such as out/data.json");
		if (hasTarget(config) && !config.to) want("to", "Enter where it goes, such as archive/data.json");
		if (config.action === "glob" && config.patterns.length === 0) want("patterns", "Enter a pattern, such as **/*.md");
		if (config.action === "write" && config.content === undefined && !isText(config))
			want("content", "Enter what to write");
	});

export type FilesConfig = z.infer<typeof configSchema>;

const path = z.string().meta({ label: "Path in the workspace" });
const bytes = z.number().meta({ label: "Bytes" });
const count = z.int().meta({ label: "How many files" });
const found = z
	.array(
		z.object({
			path,
			type: z.enum(["file", "folder", "link", "other"]).meta({ label: "What it is" }),
			bytes,
			modified: z.string().meta({ label: "When it was last changed" }),
		}),
	)
	.meta({ label: "Files and folders, by path" });

const OUTPUTS = {
	read: z.object({
		path,
		content: jsonSchema.meta({ label: "Content: text, or the value of JSON; null when it is a file of the run" }),
		artifact: artifactRefSchema.nullable().meta({ label: "File of the run that holds it" }),
		bytes,
	}),
	write: z.object({ path, bytes, existed: z.boolean().meta({ label: "Whether there was a file before" }) }),
	list: z.object({ path, files: found, count }),
	glob: z.object({ path, files: found, count }),
	copy: z.object({ path, from: path, files: count, bytes }),
	move: z.object({ path, from: path, existed: z.boolean().meta({ label: "Whether a file there was replaced" }) }),
	delete: z.object({ path, existed: z.boolean().meta({ label: "Whether there was something" }), files: count }),
} satisfies Record<Action, z.ZodObject>;

export const filesDefinition = defineNode({
	type: "files",
	title: "Files",
	description: "Reads, writes, finds, copies, moves or deletes files of the run's workspace.",
	icon: "folder-open",
	keywords: [
		"file",
		"folder",
		"directory",
		"read",
		"write",
		"save",
		"list",
		"glob",
		"copy",
		"move",
		"rename",
		"delete",
	],
	category: "data",
	kind: "step",
	hasEffect: true,
	canFail: () => true,
	ports: () => ["out"],
	config: configSchema,
	output: z.union(Object.values(OUTPUTS)),
	outputOf: ({ action = "read" }) => OUTPUTS[ACTIONS.find((each) => each === action) ?? "read"],
	takes: ["string"],
	summary({ action, path, to, patterns }) {
		const what = typeof action === "string" ? action : "read";
		const first = Array.isArray(patterns) ? summarizeText(patterns[0], "") : "";
		if (what === "glob") return `glob ${first === "" ? "no pattern yet" : first}`;
		const place = summarizeText(path, what === "list" ? "the workspace" : "no path yet");
		return what === "copy" || what === "move" ? `${what} ${place} → ${summarizeText(to, "…")}` : `${what} ${place}`;
	},
});
