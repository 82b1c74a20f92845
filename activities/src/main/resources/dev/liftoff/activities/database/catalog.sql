-- Every fact of the schema as kind, name and definition, in an order and a spelling that do not depend on the database's history:
-- a restored copy gives the same lines. Not in it: owners and privileges, what belongs to an extension, and Flyway's own table.
WITH mine AS (
  SELECT n.oid, n.nspname
  FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),
rel AS (
  SELECT c.*, quote_ident(m.nspname) || '.' || quote_ident(c.relname) AS name
  FROM pg_class c JOIN mine m ON m.oid = c.relnamespace
  WHERE c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    AND c.relname <> 'flyway_schema_history'
),
fact(kind, name, definition) AS (
  SELECT 'schema', quote_ident(nspname), '' FROM mine
  UNION ALL
  SELECT 'extension', quote_ident(extname), extversion FROM pg_extension
  UNION ALL
  SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
                      WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END,
         name,
         concat_ws(' ',
           relpersistence,
           CASE WHEN relkind = 'p' THEN pg_get_partkeydef(rel.oid) END,
           CASE WHEN relispartition THEN pg_get_expr(relpartbound, rel.oid) END,
           CASE WHEN relrowsecurity THEN 'row security' END,
           CASE WHEN relforcerowsecurity THEN 'forced' END,
           CASE WHEN relreplident <> 'd' THEN 'replica identity ' || relreplident::text END,
           (SELECT string_agg(option, ',' ORDER BY option COLLATE "C") FROM unnest(reloptions) AS option),
           CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(rel.oid) END)
  FROM rel WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
  UNION ALL
  SELECT 'inheritance', child.name || ' from ' || quote_ident(n.nspname) || '.' || quote_ident(parent.relname), ''
  FROM pg_inherits i JOIN rel child ON child.oid = i.inhrelid
       JOIN pg_class parent ON parent.oid = i.inhparent JOIN pg_namespace n ON n.oid = parent.relnamespace
  WHERE child.relkind IN ('r', 'p', 'f')
  UNION ALL
  SELECT 'column', rel.name || '.' || quote_ident(a.attname),
         concat_ws(' ',
           row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
           format_type(a.atttypid, a.atttypmod),
           CASE WHEN a.attnotnull THEN 'not null' END,
           CASE WHEN a.attidentity <> '' THEN 'identity ' || a.attidentity::text END,
           CASE WHEN a.attgenerated <> '' THEN 'generated ' || a.attgenerated::text END,
           'default ' || pg_get_expr(def.adbin, def.adrelid),
           CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation::text END)
  FROM rel JOIN pg_attribute a ON a.attrelid = rel.oid
       JOIN pg_type t ON t.oid = a.atttypid
       LEFT JOIN pg_attrdef def ON def.adrelid = a.attrelid AND def.adnum = a.attnum
  WHERE a.attnum > 0 AND NOT a.attisdropped AND rel.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  UNION ALL
  SELECT 'index', quote_ident(n.nspname) || '.' || quote_ident(ic.relname),
         pg_get_indexdef(i.indexrelid) || CASE WHEN i.indisvalid THEN '' ELSE ' invalid' END
  FROM pg_index i JOIN rel ON rel.oid = i.indrelid
       JOIN pg_class ic ON ic.oid = i.indexrelid JOIN pg_namespace n ON n.oid = ic.relnamespace
  UNION ALL
  SELECT 'constraint', rel.name || '.' || quote_ident(con.conname), pg_get_constraintdef(con.oid)
  FROM pg_constraint con JOIN rel ON rel.oid = con.conrelid
  WHERE con.contype <> 'n'
  UNION ALL
  SELECT 'sequence', rel.name,
         concat_ws(' ', format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
  FROM rel JOIN pg_sequence s ON s.seqrelid = rel.oid
  UNION ALL
  SELECT 'trigger', rel.name || '.' || quote_ident(t.tgname), t.tgenabled::text || ' ' || pg_get_triggerdef(t.oid)
  FROM pg_trigger t JOIN rel ON rel.oid = t.tgrelid
  WHERE NOT t.tgisinternal
  UNION ALL
  SELECT 'rule', rel.name || '.' || quote_ident(r.rulename), pg_get_ruledef(r.oid)
  FROM pg_rewrite r JOIN rel ON rel.oid = r.ev_class
  WHERE r.rulename <> '_RETURN'
  UNION ALL
  SELECT 'policy', rel.name || '.' || quote_ident(p.polname),
         concat_ws(' ', p.polcmd, p.polpermissive, pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
  FROM pg_policy p JOIN rel ON rel.oid = p.polrelid
  UNION ALL
  SELECT 'statistics', quote_ident(m.nspname) || '.' || quote_ident(s.stxname), pg_get_statisticsobjdef(s.oid)
  FROM pg_statistic_ext s JOIN mine m ON m.oid = s.stxnamespace
  UNION ALL
  SELECT 'function', quote_ident(m.nspname) || '.' || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
         concat_ws(' ', p.prokind, l.lanname, pg_get_function_result(p.oid), p.provolatile, p.proisstrict, p.prosecdef,
                   array_to_string(p.proconfig, ','), md5(p.prosrc), md5(pg_get_function_sqlbody(p.oid)))
  FROM pg_proc p JOIN mine m ON m.oid = p.pronamespace JOIN pg_language l ON l.oid = p.prolang
  WHERE NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
  UNION ALL
  SELECT 'type', quote_ident(m.nspname) || '.' || quote_ident(t.typname),
         concat_ws(' ', t.typtype,
           (SELECT string_agg(quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
           CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) END,
           CASE WHEN t.typnotnull THEN 'not null' END, t.typdefault,
           (SELECT string_agg(pg_get_constraintdef(c.oid), ' ' ORDER BY c.conname COLLATE "C") FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype <> 'n'))
  FROM pg_type t JOIN mine m ON m.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r')
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
)
SELECT kind || ' ' || name AS subject, definition FROM fact
ORDER BY kind COLLATE "C", name COLLATE "C", definition COLLATE "C"
