# ccpii: build and install by PGXS; tests, demo and tools by the scripts in test/.
#
#   make demo         a contact center with masked roles, in a throwaway server
#   make test         everything CI checks on this machine's PostgreSQL
#   make install      as any PGXS extension; PG_CONFIG=... picks the server

# The rooms of src/ and their parts, lowest first: the order of objects, of
# the SQL fragments in the install script, and of who may include whom
# (make lint).
PARTS = base/compat base/errors base/fault base/extension base/token \
	base/attempt base/reader base/guard base/shmem base/crypto base/keyring \
	text/utf8 text/ascii text/digits text/card text/phone text/phone_mark \
	text/phone_text text/phone_number text/email_syntax text/email \
	text/email_find text/email_canonical text/group text/number text/card_find \
	text/phone_find text/scan text/redact text/mask text/encoded text/face \
	text/pattern text/pattern_cache text/pattern_face \
	text/card_face text/phone_face text/email_face text/redact_rules \
	text/redact_face text/redact_json \
	policy/label policy/masked_type policy/audience policy/family \
	policy/reveal policy/attribute policy/json_walk policy/json \
	policy/condition policy/row_rule policy/clause policy/rule \
	policy/view_base policy/expression policy/provider policy/lookup \
	policy/json_written policy/masking_view \
	policy/masking_of policy/content policy/coverage_fact \
	policy/coverage_column policy/coverage_copy policy/coverage_rule \
	policy/coverage_row policy/coverage_view policy/coverage_access \
	policy/coverage \
	enforce/masked_text enforce/masked_typmod enforce/masked_order \
	enforce/masked_sort enforce/masked_stored enforce/masked_match enforce/masked_inside \
	enforce/statistics enforce/searchable enforce/frame enforce/trace \
	enforce/written enforce/written_key enforce/write_guard enforce/refuse enforce/row_security \
	enforce/rewrite enforce/result enforce/view_query enforce/plan enforce/leak \
	enforce/definition enforce/protect enforce/copy enforce/view_keep \
	enforce/view enforce/view_follow enforce/utility enforce/retype enforce/detach \
	enforce/privileges

EXTVERSION = 0.1.0

# Goals that must work before PostgreSQL's build system is on the machine.
HOUSE_GOALS = test demo demo-stop lint matrix attack bench soak check-real \
	check-corpus check-phones

.DEFAULT_GOAL := all

.PHONY: $(HOUSE_GOALS)

test:
	@test/setup && test/run

demo:
	@test/setup build && exec test/demo/start

demo-stop:
	@test/demo/stop

lint:
	@test/setup && test/lint/run

matrix:
	@test/matrix

attack:
	@test/setup && test/attack/battery/run

bench:
	@test/setup bench && test/bench/run

soak:
	@test/setup test && test/soak

check-real:
	@test/setup && test/check_real

check-corpus:
	@test/setup && test/corpus/run

check-phones:
	@test/setup && test/check_phones

parts:
	@echo $(PARTS)

ifneq ($(filter-out $(HOUSE_GOALS) parts,$(or $(MAKECMDGOALS),all)),)

EXTENSION = ccpii
MODULE_big = ccpii
OBJS = $(patsubst %.c,%.o,$(wildcard $(PARTS:%=src/%.c))) src/ccpii.o
DATA_built = src/ccpii--$(EXTVERSION).sql
PGFILEDESC = "ccpii - personal data masked by role"

PG_CPPFLAGS = -I$(srcdir)/src -DCCPII_VERSION='"$(EXTVERSION)"'
PG_CFLAGS = -Wall -Wextra -Wno-unused-parameter -Wno-sign-compare $(CCPII_CFLAGS)
SHLIB_LINK = -lcrypto -lpcre2-8 -lidn2 -Wl,-Bsymbolic-functions

REGRESS := $(patsubst sql/%.sql,%,$(sort $(wildcard sql/*.sql)))
REGRESS_OPTS = --dbname=contrib_regression_ccpii
ISOLATION := $(patsubst test/isolation/specs/%.spec,%,$(sort $(wildcard test/isolation/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test/isolation --outputdir=test/isolation/output --load-extension=ccpii
PROVE_TESTS := $(sort $(wildcard test/tap/*.pl))
ifneq ($(PROVE_TESTS),)
TAP_TESTS = 1
endif

SQL_PARTS = $(wildcard $(PARTS:%=src/%.sql))
EXTRA_CLEAN = src/ccpii--$(EXTVERSION).sql test/isolation/output tmp_check

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

src/ccpii--$(EXTVERSION).sql: $(SQL_PARTS) Makefile
	{ printf '%s\n' '/* ccpii $(EXTVERSION): made from src/ by make; do not edit */' \
		'\echo Use "CREATE EXTENSION ccpii" to load this file. \quit'; \
	  cat $(SQL_PARTS); } > $@

# Headers are few and small: every object depends on all of them.
$(OBJS): $(wildcard src/*/*.h)

endif
