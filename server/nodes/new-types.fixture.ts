import { batchContainer } from "./batch.fixture/container";
import { batchDefinition } from "./batch.fixture/definition";
import { questionDefinition } from "./question.fixture/definition";
import { questionWait } from "./question.fixture/wait";
import { tallyDefinition } from "./tally.fixture/definition";
import { executeTally } from "./tally.fixture/execute";

type Catalog = typeof import("./catalog");
type Executors = typeof import("./executors");

/** All that new types take beside their folders: a line each in the catalog … */
export function addDefinitions(original: Catalog): Catalog {
	Object.assign(original.catalog, { tally: tallyDefinition, question: questionDefinition, batch: batchDefinition });
	return original;
}

/** … and among the executors. */
export function addExecutors(original: Executors): Executors {
	Object.assign(original.executors, {
		tally: original.bindStep(tallyDefinition, executeTally),
		question: original.bindWait(questionDefinition, questionWait),
		batch: original.bindItems(batchDefinition, batchContainer),
	});
	return original;
}
