import type { FormField } from "../../../plan/form-field";
import { checkExpression, checkInputs } from "./check-mapping";
import type { RepositorySettings } from "./repository-settings";

/** What keeps a trigger of a host of repositories from starting runs. */
export function checkRepository(config: RepositorySettings, form: readonly FormField[]) {
	const missing = {
		field: "secret",
		message: "Choose the credential that holds the secret; until then every request is refused.",
	};
	return [
		...(config.secret === undefined ? [missing] : []),
		...checkExpression("filter", config.filter),
		...checkInputs(config.inputs, form),
	];
}
