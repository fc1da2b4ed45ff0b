/*-------------------------------------------------------------------------
 *
 * json_written.c
 *	  What is written back to json whose values were masked.
 *
 * A walk through the new value is followed in the old one, and in what the writer
 * sees of it: each level of the walk knows the container that stands in the same
 * place there, if there is one of the same kind.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "base/compat.h"
#include "policy/json_walk.h"
#include "policy/json_written.h"
#include "text/mask.h"

/* Another value, followed to where the walk is. */
typedef struct Follower
{
	JsonbContainer *container;	/* NULL: nothing comparable there */
	JsonbValue *value;			/* of the key or element met last, or NULL */
} Follower;

/* A level of the walk. */
typedef struct Place
{
	Follower	old;
	Follower	shown;
	uint32		index;			/* of the next element of an array */
	Follower	written;
	int			lost;			/* elements that an array has fewer than
								 * before */
	bool		outer_moved;
	bool		moved;			/* what comes may have stood elsewhere */
} Place;

typedef struct Restoration
{
	JsonWalk   *walk;
	Place	   *places;			/* walk->depth of them are in use */
	int			nplaces;
	Place		root;
	bool		restored;
	bool		strays;
} Restoration;

static Place *
current_place(const Restoration *r)
{
	return r->walk->depth == 0 ? NULL : &r->places[r->walk->depth - 1];
}

/* Follow into an object or array. */
static Follower
follow_into(const Follower *outer, bool is_object)
{
	Follower	inner = {NULL, NULL};

	if (outer->value != NULL && outer->value->type == jbvBinary)
		inner.container = outer->value->val.binary.data;
	if (inner.container != NULL &&
		(is_object ? !JsonContainerIsObject(inner.container) :
		 !JsonContainerIsArray(inner.container)))
		inner.container = NULL;
	return inner;
}

/* How many elements has an array lost? */
static int
count_lost(const Place *place)
{
	if (place->old.container == NULL || place->written.container == NULL)
		return 0;
	return Max((int) JsonContainerSize(place->old.container) -
			   (int) JsonContainerSize(place->written.container), 0);
}

/* Step into an object or array. */
static void
enter(Restoration *r, bool is_object)
{
	const Place *outer = r->walk->depth == 0 ? &r->root : current_place(r);
	Place		inner = {
		.old = follow_into(&outer->old, is_object),
		.shown = follow_into(&outer->shown, is_object),
		.written = follow_into(&outer->written, is_object),
		.outer_moved = outer->moved,
		.moved = outer->moved
	};

	if (!is_object)
		inner.lost = count_lost(&inner);
	ccpii_json_enter(r->walk, is_object);
	if (r->walk->depth > r->nplaces)
	{
		r->nplaces = r->walk->nlevels;
		r->places = r->places == NULL ? palloc(r->nplaces * sizeof(Place)) :
			repalloc(r->places, r->nplaces * sizeof(Place));
	}
	*current_place(r) = inner;
}

static void
follow_key(Follower *follower, JsonbValue *key)
{
	follower->value = follower->container == NULL ? NULL :
		findJsonbValueFromContainer(follower->container, JB_FOBJECT, key);
}

/* The value of a key comes next. */
static void
take_key(Restoration *r, JsonbValue *key)
{
	ccpii_json_set_key(r->walk, key->val.string.val, key->val.string.len,
					   NULL);
	follow_key(&current_place(r)->old, key);
	follow_key(&current_place(r)->shown, key);
	follow_key(&current_place(r)->written, key);
}

static void
follow_element(Follower *follower, uint32 index)
{
	follower->value = follower->container == NULL ? NULL :
		getIthJsonbValueFromContainer(follower->container, index);
}

/* Do the two have the same text? */
static bool
is_same_text(const JsonbValue *value, const char *text, size_t len)
{
	return value->type == jbvString && value->val.string.len == len &&
		memcmp(value->val.string.val, text, len) == 0;
}

/* Are two scalars the same string, or both null? */
static bool
is_same(const JsonbValue *a, const JsonbValue *b)
{
	if (a->type != b->type)
		return false;
	return a->type == jbvNull ||
		(a->type == jbvString &&
		 is_same_text(a, b->val.string.val, b->val.string.len));
}

/* Is an element like the one that another value has at an index? */
static bool
is_like(const JsonbValue *element, JsonbContainer *array, uint32 index)
{
	JsonbValue *other = getIthJsonbValueFromContainer(array, index);

	if (other == NULL || other->type != element->type)
		return false;
	if (element->type == jbvBinary)
		return compareJsonbContainers(element->val.binary.data,
									  other->val.binary.data) == 0;
	return is_same(element, other);
}

/*
 * May the element have stood at another index?  Where an array has lost some,
 * it has not if it looks as the writer sees the one at its index, and as none
 * that can have taken that one's place.
 */
static bool
is_moved(const Place *place)
{
	if (place->lost == 0)
		return false;
	if (place->shown.container == NULL || place->written.value == NULL ||
		!is_like(place->written.value, place->shown.container, place->index))
		return true;
	for (int i = 1; i <= place->lost; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (is_like(place->written.value, place->shown.container,
					place->index + i))
			return true;
	}
	return false;
}

/* An element of an array comes next, if the walk is inside of one. */
static void
take_element(Restoration *r)
{
	Place	   *place = current_place(r);

	if (place == NULL || r->walk->levels[r->walk->depth - 1].is_object)
		return;
	follow_element(&place->old, place->index);
	follow_element(&place->shown, place->index);
	follow_element(&place->written, place->index);
	place->moved = place->outer_moved || is_moved(place);
	place->index++;
}

/* The text of a string or number; NULL for other values. */
static const char *
scalar_text(const JsonbValue *value, size_t *len)
{
	char	   *text;

	if (value->type == jbvString)
	{
		*len = value->val.string.len;
		return value->val.string.val;
	}
	if (value->type != jbvNumeric)
		return NULL;
	text = DatumGetCString(DirectFunctionCall1(numeric_out,
											   NumericGetDatum(value->val.numeric)));

	*len = strlen(text);
	return text;
}

/* What the mask makes of a scalar. */
static JsonbValue
mask_of(const MaskSpec *mask, const JsonbValue *value)
{
	JsonbValue	result = *value;
	const char *masked;
	size_t		len;
	const char *src = scalar_text(value, &len);

	if (src == NULL || !ccpii_json_mask_scalar(mask, src, len, &masked))
		return result;
	result.type = masked == NULL ? jbvNull : jbvString;
	if (masked != NULL)
	{
		result.val.string.val = unconstify(char *, masked);
		result.val.string.len = strlen(masked);
	}
	return result;
}

/*
 * Is the written value a mask?  Of running text, it holds masks and takes the
 * place of a text of which something is hidden.
 */
static bool
is_mask(const MaskSpec *mask, const JsonbValue *written, bool hides)
{
	const char *masked;
	const char *src = written->val.string.val;
	size_t		len = written->val.string.len;

	if (mask->kind != MASK_TEXT || written->type != jbvString ||
		!ccpii_mask_leaves_marks(&mask->text, src, len))
		return false;
	if (ccpii_mask_is_for_running_text(&mask->text))
		return hides;
	return !ccpii_json_mask_scalar(mask, src, len, &masked);
}

/* Take a scalar of the new value; it becomes what is to be stored. */
static void
take_scalar(Restoration *r, bool by_shown, JsonbValue *written)
{
	const MaskSpec *mask = ccpii_json_mask(r->walk);
	const Place *place = current_place(r);
	bool		hides = false;

	if (mask == NULL)
		return;
	if (place->old.value != NULL &&
		(!by_shown || place->shown.value != NULL))
	{
		JsonbValue	seen = by_shown ? *place->shown.value :
			mask_of(mask, place->old.value);

		hides = !is_same(&seen, place->old.value);
		if (is_same(written, &seen))
		{
			*written = *place->old.value;
			r->restored |= hides;
			r->strays |= hides && place->moved;
			return;
		}
	}
	r->strays |= is_mask(mask, written, hides);
}

/* The whole of a value, to be followed from the top. */
static Follower
follow_from(const Datum *value, JsonbValue *top)
{
	Follower	follower = {NULL, NULL};

	if (value == NULL)
		return follower;
	top->type = jbvBinary;
	top->val.binary.data = &DatumGetJsonbP(*value)->root;
	follower.value = top;
	return follower;
}

Datum
ccpii_json_written(FmgrInfo *walk, const text *paths, Datum written,
				   const Datum *old, const Datum *shown, bool *strays)
{
	Restoration r = {.walk = ccpii_json_start(walk, paths)};
	Jsonb	   *source = DatumGetJsonbP(written);
	JsonbIterator *iterator = JsonbIteratorInit(&source->root);
	JsonbParseState *state = NULL;
	JsonbValue *result = NULL;
	JsonbIteratorToken token;
	JsonbValue	value,
				old_top,
				shown_top,
				written_top;

	r.root.old = follow_from(old, &old_top);
	r.root.shown = follow_from(shown, &shown_top);
	r.root.written = follow_from(&written, &written_top);
	r.walk->depth = 0;
	while ((token = JsonbIteratorNext(&iterator, &value, false)) != WJB_DONE)
	{
		bool		is_scalar = token == WJB_VALUE || token == WJB_ELEM;

		CHECK_FOR_INTERRUPTS();
		if (token == WJB_ELEM || token == WJB_BEGIN_OBJECT ||
			token == WJB_BEGIN_ARRAY)
			take_element(&r);
		if (token == WJB_BEGIN_OBJECT || token == WJB_BEGIN_ARRAY)
			enter(&r, token == WJB_BEGIN_OBJECT);
		else if (token == WJB_END_OBJECT || token == WJB_END_ARRAY)
			ccpii_json_leave(r.walk);
		else if (token == WJB_KEY)
			take_key(&r, &value);
		else
			take_scalar(&r, shown != NULL, &value);
		result = pushJsonbValue(&state, token,
								is_scalar || token == WJB_KEY ? &value : NULL);
	}
	*strays |= r.strays;
	return r.restored ? JsonbPGetDatum(JsonbValueToJsonb(result)) : written;
}
