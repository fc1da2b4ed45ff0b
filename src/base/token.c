/*-------------------------------------------------------------------------
 *
 * token.c
 *	  Constants that only the rewrite can write.
 *
 * A function with an argument of type ccpii.plan_token that is STRICT can only
 * be called from a plan that the rewrite made: the input function refuses
 * everything, there is no binary input and no cast, and for a NULL the
 * function does not run.  Type internal would not do, because EXPLAIN fails
 * on a constant of that type ("cannot display a value of type internal").
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"

#include "base/extension.h"
#include "base/token.h"

PG_FUNCTION_INFO_V1(ccpii_sql_plan_token_in);
PG_FUNCTION_INFO_V1(ccpii_sql_plan_token_out);

/* OID of type ccpii.plan_token. */
static Oid
token_type(void)
{
	Oid			token = ccpii_extension_type("plan_token");

	if (!OidIsValid(token))
		elog(ERROR, "type ccpii.plan_token does not exist");
	return token;
}

Const *
ccpii_token_const(int32 value)
{
	return makeConst(token_type(), -1, InvalidOid, sizeof(int32),
					 Int32GetDatum(value), false, true);
}

Datum
ccpii_sql_plan_token_in(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			errmsg("cannot accept a value of type %s", "plan_token"));
	PG_RETURN_VOID();
}

Datum
ccpii_sql_plan_token_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("%d", PG_GETARG_INT32(0)));
}
