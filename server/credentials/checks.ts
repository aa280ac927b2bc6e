import type { CredentialType } from "./catalog";
import type { CheckCredential } from "./credential-check";
import { checkBasic } from "./types/basic/check";
import { checkDatabaseUrl } from "./types/database-url/check";
import { checkHeader } from "./types/header/check";
import { checkLlm } from "./types/llm/check";
import { checkSlack } from "./types/slack/check";
import { checkSmtp } from "./types/smtp/check";
import { checkSshKey } from "./types/ssh-key/check";
import { checkToken } from "./types/token/check";

/** How each type is tested; null where there is nothing to test. */
export const credentialChecks = {
	token: checkToken,
	basic: checkBasic,
	header: checkHeader,
	"key-value": null,
	"ssh-key": checkSshKey,
	"database-url": checkDatabaseUrl,
	smtp: checkSmtp,
	slack: checkSlack,
	llm: checkLlm,
} satisfies Record<CredentialType, CheckCredential | null>;
