import { type Document, isScalar, visit } from "yaml";

/** The keys that stand in their map a second time, by where they begin in the text. */
export function findRepeatedKeys(document: Document.Parsed): { code: "DUPLICATE_KEY"; offset: number }[] {
	const repeated: { code: "DUPLICATE_KEY"; offset: number }[] = [];
	visit(document, {
		Map(_, map) {
			const names = new Set<unknown>();
			for (const { key } of map.items) {
				const name = isScalar(key) ? key.value : key;
				if (names.has(name) && isScalar(key)) repeated.push({ code: "DUPLICATE_KEY", offset: key.range?.[0] ?? 0 });
				names.add(name);
			}
		},
	});
	return repeated;
}
