import { checkByRequest } from "../../check-by-request";
import type { CheckCredential } from "../../credential-check";

export const checkHeader: CheckCredential = ({ name = "", value = "" }, context) =>
	checkByRequest({ [name]: value }, context);
