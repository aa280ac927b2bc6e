import { listCredentials, listCredentialsInput } from "@/server/credentials/list-credentials";
import { removeCredential, removeCredentialInput } from "@/server/credentials/remove-credential";
import { setCredential, setCredentialInput } from "@/server/credentials/set-credential";
import { testCredential, testCredentialInput, testValues, testValuesInput } from "@/server/credentials/test-credential";
import { procedure, router } from "./init";

export const credentialsRouter = router({
	list: procedure.input(listCredentialsInput).query(({ ctx, input }) => listCredentials(ctx.caller, input)),
	set: procedure.input(setCredentialInput).mutation(({ ctx, input }) => setCredential(ctx.caller, input)),
	test: procedure.input(testCredentialInput).mutation(({ ctx, input }) => testCredential(ctx.caller, input)),
	testValues: procedure.input(testValuesInput).mutation(({ ctx, input }) => testValues(ctx.caller, input)),
	remove: procedure.input(removeCredentialInput).mutation(({ ctx, input }) => removeCredential(ctx.caller, input)),
});
