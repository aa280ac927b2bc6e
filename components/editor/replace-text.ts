import { diff } from "@codemirror/merge";
import { Transaction, type TransactionSpec } from "@codemirror/state";
import type { EditorView, ViewUpdate } from "@codemirror/view";

/** Puts a text in the place of what is written. The caret and the scrolling stay, since only what differs is exchanged. */
export function replaceText(view: EditorView, text: string): void {
	const before = view.state.doc.toString();
	if (before === text) return;
	const changes = diff(before, text, { scanLimit: 500 }).map(({ fromA, toA, fromB, toB }) => ({
		from: fromA,
		to: toA,
		insert: text.slice(fromB, toB),
	}));
	const annotations = [Transaction.remote.of(true), Transaction.addToHistory.of(false)];
	view.dispatch({ changes, annotations } satisfies TransactionSpec);
}

/** Whether somebody has changed the text here: not `replaceText`. */
export function isWrittenHere({ docChanged, transactions }: ViewUpdate): boolean {
	return docChanged && !transactions.some((each) => each.annotation(Transaction.remote));
}
