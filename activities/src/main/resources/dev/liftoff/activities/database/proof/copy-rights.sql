-- The statements that give a restored copy the privileges of the database that this is run in, in their order. What the current role
-- may do is left out: it owns everything in the copy. Who owned something here may do everything with it there.
WITH mine AS (
  SELECT n.* FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),
object(kind, name, acl) AS (
  SELECT 'SCHEMA', quote_ident(nspname), coalesce(nspacl, acldefault('n', nspowner)) FROM mine
  UNION ALL
  SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END,
         quote_ident(m.nspname) || '.' || quote_ident(c.relname),
         coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))
  FROM pg_class c JOIN mine m ON m.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  UNION ALL
  SELECT 'ROUTINE', quote_ident(m.nspname) || '.' || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
         coalesce(p.proacl, acldefault('f', p.proowner))
  FROM pg_proc p JOIN mine m ON m.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
),
granted AS (
  SELECT o.kind, o.name, a.grantee, a.is_grantable, string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) AS privileges
  FROM object o, aclexplode(o.acl) a
  WHERE a.grantee <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
  GROUP BY o.kind, o.name, a.grantee, a.is_grantable
),
grantee AS (
  SELECT 0::oid AS oid, 'PUBLIC' AS name UNION ALL SELECT oid, quote_ident(rolname) FROM pg_roles
),
defaults AS (
  SELECT d.defaclobjtype, d.defaclnamespace, a.grantee, a.is_grantable,
         string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type) AS privileges
  FROM pg_default_acl d, aclexplode(d.defaclacl) a
  WHERE d.defaclrole = (SELECT oid FROM pg_roles WHERE rolname = current_user) AND a.grantee <> d.defaclrole
  GROUP BY d.defaclobjtype, d.defaclnamespace, a.grantee, a.is_grantable
)
SELECT statement FROM (
  SELECT 0 AS step, format('REVOKE ALL ON %s %s FROM PUBLIC', kind, name) AS statement FROM object
  UNION ALL
  SELECT 1, format('GRANT %s ON %s %s TO %s%s', g.privileges, g.kind, g.name, r.name,
                   CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
  FROM granted g JOIN grantee r ON r.oid = g.grantee
  UNION ALL
  SELECT 1, format('GRANT %s (%I) ON TABLE %I.%I TO %s', a.privilege_type, att.attname, m.nspname, c.relname, r.name)
  FROM pg_attribute att JOIN pg_class c ON c.oid = att.attrelid JOIN mine m ON m.oid = c.relnamespace,
       aclexplode(att.attacl) a JOIN grantee r ON r.oid = a.grantee
  WHERE att.attacl IS NOT NULL AND NOT att.attisdropped
  UNION ALL
  SELECT 2, format('ALTER DEFAULT PRIVILEGES %s GRANT %s ON %s TO %s%s',
                   CASE WHEN d.defaclnamespace = 0 THEN ''
                        ELSE 'IN SCHEMA ' || (SELECT quote_ident(nspname) FROM pg_namespace WHERE oid = d.defaclnamespace) END,
                   d.privileges,
                   CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                                        WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
                   r.name, CASE WHEN d.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
  FROM defaults d JOIN grantee r ON r.oid = d.grantee
) AS statements
ORDER BY step, statement COLLATE "C"
