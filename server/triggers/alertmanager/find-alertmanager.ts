import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The real Alertmanager of this machine; undefined where there is none. */
export function findAlertmanager(): string | undefined {
	const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
	return folders
		.flatMap((folder) => ["prometheus-alertmanager", "alertmanager"].map((name) => join(folder, name)))
		.find((path) => {
			try {
				accessSync(path, constants.X_OK);
				return true;
			} catch {
				return false;
			}
		});
}
