#!/bin/sh
# Follow the primary: copy it once, then stream. PGHOST, PGUSER, PGPASSWORD name the primary and
# REPLICA_DATA the folder; what follows on the command line goes to postgres.
set -eu
if [ ! -s "$REPLICA_DATA/PG_VERSION" ]; then
    rm -rf "$REPLICA_DATA.new"
    pg_basebackup --pgdata="$REPLICA_DATA.new" --wal-method=stream --checkpoint=fast --write-recovery-conf
    chmod 0700 "$REPLICA_DATA.new"
    mv "$REPLICA_DATA.new" "$REPLICA_DATA"
fi
if [ "$(id -u)" = 0 ] && command -v gosu > /dev/null; then
    chown -R postgres "$REPLICA_DATA"
    exec gosu postgres postgres -D "$REPLICA_DATA" -c hot_standby=on "$@"
fi
exec postgres -D "$REPLICA_DATA" -c hot_standby=on "$@"
