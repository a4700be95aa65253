#!/bin/sh
# Prepares the data directory on the first start, then becomes the database server.
set -eu

data=/var/lib/mysql
init=/run/mysqld/init.sql

chown -R mysql:mysql "$data" /var/log/mysql
mkdir -p /run/mysqld
chown mysql:mysql /run/mysqld

if [ ! -d "$data/mysql" ]; then
    echo "preparing the data directory"
    mariadb-install-db --user=mysql --datadir="$data" --skip-test-db --auth-root-authentication-method=socket >/dev/null
fi

# Carried out before the first connection is accepted, at every start.
cat >"$init" <<SQL
CREATE DATABASE IF NOT EXISTS \`$DATABASE_NAME\`;
CREATE USER IF NOT EXISTS '$DATABASE_USER'@'%' IDENTIFIED BY '$DATABASE_PASSWORD';
GRANT ALL ON \`$DATABASE_NAME\`.* TO '$DATABASE_USER'@'%';
SQL
chown mysql:mysql "$init"
chmod 600 "$init"

exec mariadbd --user=mysql --datadir="$data" --init-file="$init" "$@"
