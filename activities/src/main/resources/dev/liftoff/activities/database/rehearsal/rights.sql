-- Who owns what and who may do what with it, as subject and definition. Apart from the catalog's facts, since a copy is restored
-- without them: they are compared before and after a migration, and not between live and copy.
WITH mine AS (
  SELECT n.oid, n.nspname, n.nspowner, n.nspacl
  FROM pg_namespace n
  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),
object(name, owner, acl) AS (
  SELECT quote_ident(nspname), nspowner, coalesce(nspacl, acldefault('n', nspowner)) FROM mine
  UNION ALL
  SELECT quote_ident(m.nspname) || '.' || quote_ident(c.relname), c.relowner,
         coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner))
  FROM pg_class c JOIN mine m ON m.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND c.relpersistence <> 't' AND c.relname <> 'flyway_schema_history'
  UNION ALL
  SELECT quote_ident(m.nspname) || '.' || quote_ident(p.proname) || '(' || pg_get_function_identity_arguments(p.oid) || ')',
         p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
  FROM pg_proc p JOIN mine m ON m.oid = p.pronamespace
  UNION ALL
  SELECT quote_ident(m.nspname) || '.' || quote_ident(t.typname), t.typowner, coalesce(t.typacl, acldefault('T', t.typowner))
  FROM pg_type t JOIN mine m ON m.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r')
),
granted(name, grantee, word) AS (
  SELECT o.name, a.grantee, a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END
  FROM object o, aclexplode(o.acl) a
  UNION ALL
  SELECT quote_ident(m.nspname) || '.' || quote_ident(c.relname), a.grantee,
         a.privilege_type || '(' || quote_ident(t.attname) || ')' || CASE WHEN a.is_grantable THEN '*' ELSE '' END
  FROM pg_class c JOIN mine m ON m.oid = c.relnamespace JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
  WHERE NOT t.attisdropped
  UNION ALL
  SELECT 'new ' || d.defaclobjtype::text || coalesce(' in ' || d.defaclnamespace::regnamespace::text, '') || ' by ' || pg_get_userbyid(d.defaclrole),
         a.grantee, a.privilege_type
  FROM pg_default_acl d, aclexplode(d.defaclacl) a
)
SELECT 'owner ' || name || ' ' AS subject, pg_get_userbyid(owner)::text AS definition FROM object
UNION ALL
SELECT 'privilege ' || name || ' for ' || CASE grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(grantee)::text END,
       string_agg(word, ',' ORDER BY word COLLATE "C")
FROM granted GROUP BY name, grantee
ORDER BY 1
