import { type Check, fail, ok } from '#scripts/doctor/check.ts'

/** `causeway` owns no object of any database of the cluster: an owner passes its own row-level security. */
export const databaseOwnership: Check = {
  name: 'ownership',
  needs: ['DATABASE_URL'],
  look: async ({ sql }) => {
    const [row] = await sql()`
      select count(*)::int as count,
        (array_agg(pg_describe_object(classid, objid, objsubid)) filter (where dbid = (select oid from pg_database where datname = current_database())))[1] as first
      from pg_shdepend
      where refclassid = 'pg_authid'::regclass and refobjid = (select oid from pg_roles where rolname = current_user) and deptype = 'o'`
    const count: number = row?.count ?? 0
    if (count === 0) return ok('owns nothing')
    const more = count > 1 ? ` and ${count - 1} more` : ''
    return fail(
      `causeway owns ${row?.first ?? 'objects of another database'}${more}`,
      'As the owner of the schema: reassign owned by causeway to postgres;',
    )
  },
}
