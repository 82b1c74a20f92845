-- What stands against a launch (refused), what somebody should look at (warning) and what is worth knowing (fact), a sentence each.
-- At most five examples are named.
WITH mine AS (
  SELECT oid, nspname FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
),
rel AS (
  SELECT c.*, quote_ident(m.nspname) || '.' || quote_ident(c.relname) AS name
  FROM pg_class c JOIN mine m ON m.oid = c.relnamespace
  WHERE c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
),
found(weight, subject, sentence) AS (
  SELECT 'refused', quote_literal(gid), '%s prepared transactions hold rows and locks (%s); commit or roll them back'
  FROM pg_prepared_xacts WHERE database = current_database()
  UNION ALL
  SELECT 'refused', oid::text, '%s large objects (%s), whose content no table holds; move it into bytea columns'
  FROM pg_largeobject_metadata
  UNION ALL
  SELECT 'refused', rel.name, '%s indexes are invalid (%s); drop or rebuild them'
  FROM pg_index i JOIN rel ON rel.oid = i.indexrelid WHERE NOT i.indisvalid AND rel.relkind = 'i'
  UNION ALL
  SELECT 'warning', 'pid ' || pid || ' ' || coalesce(nullif(application_name, ''), usename, ''),
         '%s transactions are open for more than 5 seconds (%s); a migration would wait for them'
  FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < now() - interval '5 seconds'
  UNION ALL
  SELECT 'warning', coalesce(nullif(application_name, ''), client_addr::text, 'standby'),
         '%s standbys are more than 16 MB behind (%s)'
  FROM pg_stat_replication WHERE pg_wal_lsn_diff(sent_lsn, replay_lsn) > 16 * 1024 * 1024
  UNION ALL
  SELECT 'fact', rel.name, '%s tables have no primary key (%s): their rows are compared by count and content only'
  FROM rel WHERE relkind = 'r' AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = rel.oid AND i.indisprimary)
  UNION ALL
  SELECT 'fact', rel.name, '%s tables are unlogged (%s): a crash empties them, and a physical copy has none of their rows'
  FROM rel WHERE relkind = 'r' AND relpersistence = 'u'
  UNION ALL
  SELECT 'fact', extname || ' ' || extversion, '%s extensions (%s): the restored copy needs them installed'
  FROM pg_extension WHERE extname <> 'plpgsql'
  UNION ALL
  SELECT 'fact', setting, 'pages have no checksums: what a disk changes is not noticed by the server'
  FROM pg_settings WHERE name = 'data_checksums' AND setting = 'off'
  UNION ALL
  SELECT 'fact', current_user, 'transactions of other roles are not visible to this role; grant pg_read_all_stats to see them'
  WHERE NOT pg_has_role('pg_read_all_stats', 'USAGE')
)
SELECT weight, format(sentence, count(*), array_to_string((array_agg(subject ORDER BY subject COLLATE "C"))[1:5], ', '))
FROM found GROUP BY weight, sentence ORDER BY weight, sentence
