import { checkByRequest } from "../../check-by-request";
import type { CheckCredential } from "../../credential-check";

/** As a bearer token (RFC 6750). */
export const checkToken: CheckCredential = ({ "": token = "" }, context) =>
	checkByRequest({ authorization: `Bearer ${token.trim()}` }, context);
