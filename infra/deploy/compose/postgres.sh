#!/bin/sh
# Runs once, when the database is made: the app's own tables stand in for Kulti's, then the logins.
set -eu
psql() { command psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$1"; }

psql "$POSTGRES_DB" < /kulti/local/app.sql
psql "$POSTGRES_DB" < /kulti/bootstrap.sql
echo "ALTER ROLE kulti_owner PASSWORD '$KULTI_OWNER_PASSWORD'" | psql "$POSTGRES_DB"
# Supabase Storage keeps its own tables apart from ours.
echo "CREATE DATABASE storage" | psql "$POSTGRES_DB"
