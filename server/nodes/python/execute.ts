import type { Execute } from "../execute-context";
import { runProgram } from "../run-program";
import type { pythonDefinition } from "./definition";
import { PYTHON_HARNESS } from "./harness";

export const executePython: Execute<typeof pythonDefinition> = async (config, context) => {
	const { values, ...output } = await runProgram(context, {
		command: ["python3", "-c", PYTHON_HARNESS],
		env: { ...context.env, PYTHONUNBUFFERED: "1", PYTHONIOENCODING: "utf-8:backslashreplace" },
		files: { "code.py": config.code, "input.json": JSON.stringify(config.input) },
		handed: config.files,
		memoryMb: config.memoryMb,
		network: config.network,
		exitCodes: [0],
		installHint: "Install Python 3 on the machine that runs the worker, for example with: apt-get install python3",
	});
	return { output: { ...values, ...output } };
};
