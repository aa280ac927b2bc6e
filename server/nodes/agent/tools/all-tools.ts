import type { ToolName } from "../definition";
import type { AgentTool } from "../tool";
import { askHumanTool } from "./ask-human";
import { editFileTool, listFilesTool, readFileTool, searchFilesTool, writeFileTool } from "./files";
import { gitTool } from "./git";
import { httpTool } from "./http";
import { kubectlTool } from "./kubectl";
import { runLogsTool } from "./run-logs";
import { runWorkflowTool } from "./run-workflow";
import { shellTool } from "./shell";
import { logsTool, metricsTool } from "./telemetry";

/** Every tool, by the name by which a step switches it on and the model calls it. */
export const allTools: Record<ToolName, AgentTool> = {
	shell: shellTool,
	read_file: readFileTool,
	write_file: writeFileTool,
	edit_file: editFileTool,
	list_files: listFilesTool,
	search_files: searchFilesTool,
	git: gitTool,
	http: httpTool,
	kubectl: kubectlTool,
	logs: logsTool,
	run_logs: runLogsTool,
	run_workflow: runWorkflowTool,
	metrics: metricsTool,
	ask_human: askHumanTool,
};
