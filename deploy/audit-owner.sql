-- The audit in hands of its own: the application may only read and add, the owner role owns.
--
-- Run once after the first `manage.py migrate`, and again after each later one, as a superuser of the database:
--
--   psql -v app=gongkai -v owner=gongkai_audit -f deploy/audit-owner.sql 库名
--
-- Migrations of the ledger then need the owner's rights: run `manage.py migrate` as a superuser, and this file again.
-- See docs/audit.md.

\set ON_ERROR_STOP on
BEGIN;

-- No login of its own: whoever purges signs in as himself and is a member (GRANT gongkai_audit TO auditor_of_the_house).
SELECT format('CREATE ROLE %I NOLOGIN', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'owner') \gexec

-- The owner of a schema may drop what is in it, whoever owns that: the application keeps only what it needs.
ALTER SCHEMA public OWNER TO :"owner";
GRANT USAGE, CREATE ON SCHEMA public TO :"app";

-- The sequence of the numbers goes with its table.
ALTER TABLE ledger_event OWNER TO :"owner";
ALTER TABLE ledger_seal OWNER TO :"owner";
ALTER FUNCTION ledger_rows_are_only_added() OWNER TO :"owner";

REVOKE ALL ON ledger_event, ledger_seal FROM PUBLIC, :"app";
GRANT SELECT, INSERT ON ledger_event, ledger_seal TO :"app";
SELECT format('GRANT USAGE ON SEQUENCE %s TO %I', pg_get_serial_sequence('ledger_event', 'id'), :'app') \gexec

-- Whoever purges reads and adds events like everybody.
GRANT USAGE ON SCHEMA public TO :"owner";

COMMIT;
