import { copiedBy, isMigratedTo } from '../database/hubs-on-server';
import { describeText } from '../configuration/known-text';
import { isTokenLogin } from './connection-problems';
import type { HubOnDatabase } from './database-rules';

/** What a connected hub may have of its database, but its people should know. */
export function databaseWarnings(hub: HubOnDatabase | undefined): string[] {
  return hub === undefined
    ? []
    : [
        ...tokenWarnings(hub),
        ...maintenanceWarnings(hub),
        ...roleWarnings(hub),
        ...ownerWarnings(hub),
        ...rawConfigWarnings(hub),
      ];
}

/** What a login by tokens of a cloud cannot do. */
function tokenWarnings({ connections, database }: HubOnDatabase): string[] {
  return connections
    .filter(isTokenLogin)
    .map(
      ({ type: { place, path, value } }) =>
        `${place}: ${path} is '${value}': the hub gets a token as its password by itself, and only the hub can; Jobs, sidecars ` +
        `and SonataFlow use the password of Secret ${database.secret.name}, so that user must have one, too`,
    );
}

/** Backstage has one maintenance database alone (Backstage, backend-defaults, ensurePgDatabaseExists). */
function maintenanceWarnings({ connections, database, effective }: HubOnDatabase): string[] {
  const { maintenanceDatabase = 'postgres' } = database;
  const looks = connections.some(({ ensureExists }) => ensureExists.value);
  const schemas =
    effective.config.get('backend.database.pluginDivisionMode') === 'schema'
      ? ', and ensureSchemaExists: true, by which it makes the schemas of its plugins'
      : '';
  return maintenanceDatabase === 'postgres' || !looks
    ? []
    : [
        `Backstage itself looks for its databases from database postgres, not from '${maintenanceDatabase}', and does not start ` +
          `where the login may not connect there; then write backend.database.ensureExists: false${schemas}`,
      ];
}

/** What is copied belongs to the login that copies. */
function ownerWarnings({ database }: HubOnDatabase): string[] {
  const copying = copiedBy(database);
  return copying === undefined || copying === database.secret.name
    ? []
    : [
        `what is copied belongs to the user of Secret ${copying}, and the hub logs in by Secret ${database.secret.name}; ` +
          'they must be one user, or give the hub the target of the DatabaseMigration',
      ];
}

/** Backstage takes on a role for all that it does, and what is copied belongs to the login. */
function roleWarnings({ connections, database, effective: { config } }: HubOnDatabase): string[] {
  return connections.flatMap(({ path }) => {
    const role = config.get(`${path}.role`);
    return typeof role === 'string' && isMigratedTo(database)
      ? [
          `${config.place(`${path}.role`)}: ${path}.role is ${describeText(role)}, as which the hub acts, while what is copied ` +
            `belongs to the user of Secret ${database.secret.name}; make the role a member of that user, or leave it out`,
        ]
      : [];
  });
}

/** A Deployment, variables and configuration of its own may lead Backstage elsewhere. */
function rawConfigWarnings({ effective }: HubOnDatabase): string[] {
  return effective.unknownRawConfigMaps.map(
    (name) =>
      `ConfigMap ${name} of spec.rawRuntimeConfig is not in the app, so nobody looks for another database in it; give its file ` +
      'among appConfigFiles',
  );
}
