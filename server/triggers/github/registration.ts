import { checkRepository } from "../hooks/settings/check-repository";
import { defineRegistration, placeOf } from "../trigger-registration";
import { githubDefinition } from "./definition";

export const githubRegistration = defineRegistration(githubDefinition, {
	problems: checkRepository,
	address: placeOf,
});
