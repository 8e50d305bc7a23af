#!/bin/sh
# Run once by the postgres image on an empty data folder: a role for the site that is no superuser, its
# database, a role for replicas, and the permission for them to connect.
set -eu
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --set password="$SITE_PASSWORD" \
    --username "$POSTGRES_USER" --dbname postgres << 'SQL'
CREATE ROLE budget LOGIN NOSUPERUSER CREATEDB PASSWORD :'password';
CREATE ROLE replica LOGIN REPLICATION PASSWORD :'password';
CREATE DATABASE budget OWNER budget;
SQL
echo "host replication replica all scram-sha-256" >> "$PGDATA/pg_hba.conf"
