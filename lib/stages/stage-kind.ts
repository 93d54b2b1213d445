/**
 * The kinds of stages, in the order in which they are applied. The value is the chart's id and so the name of
 * the bundle. Numbers belong to the kind and leave gaps: adding an optional stage renames no file.
 */
export enum StageKind {
  /** The PostgreSQL server, or what is needed to reach one. */
  POSTGRES = '0000-postgres',
  /** Copying the data, before anything uses the new server. */
  MIGRATION = '0100-migration',
  /** The hub on the new server, without the orchestrator. */
  BACKSTAGE = '0200-backstage',
  /** SonataFlow's services on the new server. */
  SONATAFLOW = '0300-sonataflow',
  /** The orchestrator's plugins in the hub. */
  ORCHESTRATOR = '0400-orchestrator',
  /** Workflows. */
  WORKFLOWS = '0500-workflows',
}
