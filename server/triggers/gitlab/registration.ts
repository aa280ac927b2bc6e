import { checkRepository } from "../hooks/settings/check-repository";
import { defineRegistration, placeOf } from "../trigger-registration";
import { gitlabDefinition } from "./definition";

export const gitlabRegistration = defineRegistration(gitlabDefinition, {
	problems: checkRepository,
	address: placeOf,
});
