import { checkByRequest } from "../../check-by-request";
import type { CheckCredential } from "../../credential-check";

export const checkBasic: CheckCredential = ({ header = "" }, context) =>
	checkByRequest({ authorization: header }, context);
